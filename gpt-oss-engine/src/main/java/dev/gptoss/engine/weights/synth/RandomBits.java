package dev.gptoss.engine.weights.synth;

/** Random bits addressed by index, so that any part of a tensor can be made without what comes before it. */
record RandomBits(long seed) {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    /** Bits for one tensor of the model. */
    static RandomBits of(long seed, String tensor) {
        long mixed = seed;
        for (int i = 0; i < tensor.length(); i++) {
            mixed = mix(mixed + GOLDEN_RATIO ^ tensor.charAt(i));
        }
        return new RandomBits(mixed);
    }

    long at(long index) {
        return mix(seed + index * GOLDEN_RATIO);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        long y = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        long x = (y ^ y >>> 27) * 0x94D0_49BB_1331_11EBL;
        return x ^ x >>> 31;
    }
}
