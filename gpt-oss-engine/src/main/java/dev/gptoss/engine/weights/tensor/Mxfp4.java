package dev.gptoss.engine.weights.tensor;

import java.lang.foreign.MemorySegment;

/** MXFP4 blocks of 32 values: the shared scale, and the two orders in which files keep the 16 bytes of codes. */
public final class Mxfp4 {
    /** Values of a block. */
    public static final int VALUES = 32;
    /** Bytes of codes in a block, two codes each. */
    public static final int CODE_BYTES = 16;
    /** Bytes of a block with its scale in front. */
    public static final int BLOCK_BYTES = 17;
    /** The scale byte that stands for "not a number". */
    public static final int NAN_SCALE = 255;

    private static final long LOW_NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;

    private Mxfp4() {}

    /** 2^(e - 127) for a scale byte e below {@link #NAN_SCALE}; for e = 0 a subnormal. */
    public static float scale(int e) {
        return Float.intBitsToFloat(e == 0 ? 1 << 22 : e << 23);
    }

    /**
     * Copies the codes of a block from paired order (byte b: value 2b low, 2b + 1 high) to ggml's (byte j: value j
     * low, j + 16 high). Source and destination may be the same place.
     */
    public static void pairedToGgml(MemorySegment source, long from, MemorySegment destination, long to) {
        long first = source.get(LittleEndian.LONG, from); // values 0-15
        long second = source.get(LittleEndian.LONG, from + 8); // values 16-31
        long even = first & LOW_NIBBLES | (second & LOW_NIBBLES) << 4;
        long odd = first >>> 4 & LOW_NIBBLES | second & ~LOW_NIBBLES;
        destination.set(LittleEndian.LONG, to, spread(even) | spread(odd) << 8);
        destination.set(LittleEndian.LONG, to + 8, spread(even >>> 32) | spread(odd >>> 32) << 8);
    }

    /** The low four bytes, each into the lower byte of a short. */
    private static long spread(long x) {
        long y = x & 0xFFFF_FFFFL;
        y = (y | y << 16) & 0x0000_FFFF_0000_FFFFL;
        return (y | y << 8) & 0x00FF_00FF_00FF_00FFL;
    }
}
