package dev.gptoss.engine.weights.tensor;

import static dev.gptoss.engine.weights.tensor.LittleEndian.half;
import static dev.gptoss.engine.weights.tensor.LittleEndian.signed;
import static dev.gptoss.engine.weights.tensor.LittleEndian.unsigned;

import java.lang.foreign.MemorySegment;

/** Blocks of 256 values: groups with small scales of their own under one or two F16 scales. */
final class SuperBlocks {
    private static final int GROUP = 32;

    private SuperBlocks() {}

    static void q4(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        float dmin = half(block, o + 2);
        for (int g = 0; g < 8; g++) {
            float scale = d * groupScale(block, o + 4, g);
            float minimum = dmin * groupMinimum(block, o + 4, g);
            for (int l = 0; l < GROUP; l++) {
                out[at + g * GROUP + l] = scale * nibble(block, o + 16, g, l) - minimum;
            }
        }
    }

    static void q5(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        float dmin = half(block, o + 2);
        for (int g = 0; g < 8; g++) {
            float scale = d * groupScale(block, o + 4, g);
            float minimum = dmin * groupMinimum(block, o + 4, g);
            for (int l = 0; l < GROUP; l++) {
                int high = unsigned(block, o + 16 + l) >> g & 1;
                out[at + g * GROUP + l] = scale * (nibble(block, o + 48, g, l) | high << 4) - minimum;
            }
        }
    }

    /** Groups 2k and 2k + 1 share 32 bytes: low nibbles, high nibbles. */
    private static int nibble(MemorySegment block, long q, int g, int l) {
        return unsigned(block, q + GROUP * (g / 2) + l) >> 4 * (g & 1) & 15;
    }

    // Twelve bytes s hold eight 6-bit scales and eight 6-bit minima: s[0..3] scales 0-3, s[4..7] minima 0-3, s[8..11]
    // the low four bits of scales (low nibble) and minima (high nibble) 4-7, whose high two bits top s[0..7].

    private static int groupScale(MemorySegment block, long s, int g) {
        return g < 4
                ? unsigned(block, s + g) & 63
                : unsigned(block, s + g + 4) & 15 | unsigned(block, s + g - 4) >> 6 << 4;
    }

    private static int groupMinimum(MemorySegment block, long s, int g) {
        return g < 4
                ? unsigned(block, s + g + 4) & 63
                : unsigned(block, s + g + 4) >> 4 | unsigned(block, s + g) >> 6 << 4;
    }

    static void q6(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o + 208);
        for (int i = 0; i < 256; i++) {
            int half = i / 128;
            int quarter = i % 128 / GROUP;
            int l = i % GROUP;
            int low = unsigned(block, o + 64 * half + GROUP * (quarter & 1) + l) >> 4 * (quarter / 2) & 15;
            int high = unsigned(block, o + 128 + GROUP * half + l) >> 2 * quarter & 3;
            int scale = signed(block, o + 192 + 8 * half + 2 * quarter + l / 16);
            out[at + i] = d * scale * ((low | high << 4) - 32);
        }
    }
}
