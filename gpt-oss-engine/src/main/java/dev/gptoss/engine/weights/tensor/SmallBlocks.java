package dev.gptoss.engine.weights.tensor;

import static dev.gptoss.engine.weights.tensor.LittleEndian.half;
import static dev.gptoss.engine.weights.tensor.LittleEndian.signed;
import static dev.gptoss.engine.weights.tensor.LittleEndian.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Blocks of 32 values under one scale. In all with nibbles, byte j holds value j in its low and value j + 16 in its
 * high nibble.
 */
final class SmallBlocks {
    private static final int HALF = 16;

    /** Steps of IQ4_NL, fitted to a normal distribution. */
    private static final int[] NON_LINEAR = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    /** FP4 (E2M1): sign, two exponent bits, one mantissa bit. */
    private static final float[] FP4 = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6};

    private SmallBlocks() {}

    static void q4Symmetric(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 2 + j);
            out[at + j] = ((q & 15) - 8) * d;
            out[at + j + HALF] = ((q >> 4) - 8) * d;
        }
    }

    static void q4Affine(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        float m = half(block, o + 2);
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 4 + j);
            out[at + j] = (q & 15) * d + m;
            out[at + j + HALF] = (q >> 4) * d + m;
        }
    }

    static void q5Symmetric(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        int h = block.get(LittleEndian.INT, o + 2);
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 6 + j);
            out[at + j] = (fifthBit(q & 15, h, j) - 16) * d;
            out[at + j + HALF] = (fifthBit(q >> 4, h, j + HALF) - 16) * d;
        }
    }

    static void q5Affine(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        float m = half(block, o + 2);
        int h = block.get(LittleEndian.INT, o + 4);
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 8 + j);
            out[at + j] = fifthBit(q & 15, h, j) * d + m;
            out[at + j + HALF] = fifthBit(q >> 4, h, j + HALF) * d + m;
        }
    }

    private static int fifthBit(int nibble, int h, int i) {
        return nibble | (h >>> i & 1) << 4;
    }

    static void q8Symmetric(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        for (int i = 0; i < 32; i++) {
            out[at + i] = signed(block, o + 2 + i) * d;
        }
    }

    static void iq4NonLinear(MemorySegment block, long o, float[] out, int at) {
        float d = half(block, o);
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 2 + j);
            out[at + j] = NON_LINEAR[q & 15] * d;
            out[at + j + HALF] = NON_LINEAR[q >> 4] * d;
        }
    }

    static void mxfp4(MemorySegment block, long o, float[] out, int at) {
        float scale = Mxfp4.scale(unsigned(block, o));
        for (int j = 0; j < HALF; j++) {
            int q = unsigned(block, o + 1 + j);
            out[at + j] = FP4[q & 15] * scale;
            out[at + j + HALF] = FP4[q >> 4] * scale;
        }
    }
}
