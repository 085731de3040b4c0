package dev.gptoss.engine.compute;

/** A (score, token id) pair as one long: a higher score is a higher rank, of equal scores the lower id. */
public final class Rank {

    /** Below every rank. */
    public static final long NONE = Long.MIN_VALUE;

    private Rank() {}

    /** The rank of a score that is a number; -0 ties with 0. */
    public static long of(float score, int id) {
        int bits = Float.floatToRawIntBits(score + 0.0f);
        int ordered = bits ^ (bits >> 31 & 0x7fffffff);
        return (long) ordered << 32 | ~id & 0xffffffffL;
    }

    public static int id(long rank) {
        return ~(int) rank;
    }

    public static float score(long rank) {
        int ordered = (int) (rank >> 32);
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & 0x7fffffff));
    }
}
