package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Integer block types as what they are: 32 signed bytes, a scale for each 16 of them, and a minimum to add. The numbers
 * are exact: a 6-bit or 8-bit factor of an F16 fits an F32.
 */
@FunctionalInterface
interface IntegerBlocks {

    /** Place of the minimum behind the two scales. */
    int MINIMUM = 2;

    int FACTORS = 3;

    /** Reads part {@code part} of 32 values of the block at {@code at}. */
    void read(MemorySegment rows, long at, int part, byte[] codes, float[] factors);

    /** Steps of IQ4_NL. */
    byte[] NON_LINEAR = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    static IntegerBlocks of(TensorType type) {
        return switch (type) {
            case Q4_0 ->
                (rows, at, part, codes, factors) -> {
                    nibbles(rows, at + 2, codes);
                    shift(codes, -8);
                    scale(half(rows, at), 0, factors);
                };
            case Q4_1 ->
                (rows, at, part, codes, factors) -> {
                    nibbles(rows, at + 4, codes);
                    scale(half(rows, at), half(rows, at + 2), factors);
                };
            case Q5_0 ->
                (rows, at, part, codes, factors) -> {
                    nibbles(rows, at + 6, codes);
                    fifthBits(rows.get(LittleEndian.INT, at + 2), codes);
                    shift(codes, -16);
                    scale(half(rows, at), 0, factors);
                };
            case Q5_1 ->
                (rows, at, part, codes, factors) -> {
                    nibbles(rows, at + 8, codes);
                    fifthBits(rows.get(LittleEndian.INT, at + 4), codes);
                    scale(half(rows, at), half(rows, at + 2), factors);
                };
            case Q8_0 ->
                (rows, at, part, codes, factors) -> {
                    MemorySegment.copy(rows, ValueLayout.JAVA_BYTE, at + 2, codes, 0, codes.length);
                    scale(half(rows, at), 0, factors);
                };
            case IQ4_NL ->
                (rows, at, part, codes, factors) -> {
                    nibbles(rows, at + 2, codes);
                    for (int i = 0; i < codes.length; i++) {
                        codes[i] = NON_LINEAR[codes[i]];
                    }
                    scale(half(rows, at), 0, factors);
                };
            case Q4_K ->
                (rows, at, part, codes, factors) -> {
                    groupNibbles(rows, at + 16, part, codes);
                    groupScale(rows, at, part, factors);
                };
            case Q5_K ->
                (rows, at, part, codes, factors) -> {
                    groupNibbles(rows, at + 48, part, codes);
                    for (int l = 0; l < codes.length; l++) {
                        codes[l] |= (byte) ((rows.get(ValueLayout.JAVA_BYTE, at + 16 + l) >> part & 1) << 4);
                    }
                    groupScale(rows, at, part, factors);
                };
            case Q6_K -> IntegerBlocks::sixBits;
            case F32, F16, BF16, MXFP4 ->
                throw new IllegalArgumentException(type + " blocks are not integers with a scale");
        };
    }

    private static float half(MemorySegment rows, long at) {
        return HalfTiles.half(rows.get(LittleEndian.SHORT, at));
    }

    private static void scale(float scale, float minimum, float[] factors) {
        factors[0] = scale;
        factors[1] = scale;
        factors[MINIMUM] = minimum;
    }

    private static void shift(byte[] codes, int by) {
        for (int i = 0; i < codes.length; i++) {
            codes[i] += (byte) by;
        }
    }

    /** Byte j of q: value j low, value j + 16 high. */
    private static void nibbles(MemorySegment rows, long q, byte[] codes) {
        for (int j = 0; j < 16; j++) {
            int pair = rows.get(ValueLayout.JAVA_BYTE, q + j);
            codes[j] = (byte) (pair & 15);
            codes[j + 16] = (byte) (pair >> 4 & 15);
        }
    }

    private static void fifthBits(int h, byte[] codes) {
        for (int i = 0; i < codes.length; i++) {
            codes[i] |= (byte) ((h >>> i & 1) << 4);
        }
    }

    /** Groups 2k and 2k + 1 share 32 bytes: low nibbles, high nibbles. */
    private static void groupNibbles(MemorySegment rows, long q, int group, byte[] codes) {
        for (int l = 0; l < codes.length; l++) {
            codes[l] = (byte) (rows.get(ValueLayout.JAVA_BYTE, q + 32L * (group / 2) + l) >> 4 * (group & 1) & 15);
        }
    }

    /** Q4_K, Q5_K: d f16; dmin f16; 12 bytes of 6-bit scales and minima, those of groups 4 to 7 split. */
    private static void groupScale(MemorySegment rows, long at, int group, float[] factors) {
        int low = rows.get(ValueLayout.JAVA_BYTE, at + 4 + group % 4);
        int middle = rows.get(ValueLayout.JAVA_BYTE, at + 8 + group % 4);
        int top = rows.get(ValueLayout.JAVA_BYTE, at + 12 + group % 4);
        int scale = group < 4 ? low & 63 : top & 15 | (low >> 6 & 3) << 4;
        int minimum = group < 4 ? middle & 63 : top >> 4 & 15 | (middle >> 6 & 3) << 4;
        scale(half(rows, at) * scale, -half(rows, at + 2) * minimum, factors);
    }

    /** Q6_K: ql[128], qh[64], scales i8[16], d f16. */
    private static void sixBits(MemorySegment rows, long at, int part, byte[] codes, float[] factors) {
        int half = part / 4;
        int quarter = part % 4;
        for (int l = 0; l < codes.length; l++) {
            int low = rows.get(ValueLayout.JAVA_BYTE, at + 64L * half + 32L * (quarter & 1) + l);
            int high = rows.get(ValueLayout.JAVA_BYTE, at + 128 + 32L * half + l);
            codes[l] = (byte) ((low >> 4 * (quarter / 2) & 15 | (high >> 2 * quarter & 3) << 4) - 32);
        }
        float d = half(rows, at + 208);
        factors[0] = d * rows.get(ValueLayout.JAVA_BYTE, at + 192 + 2L * part);
        factors[1] = d * rows.get(ValueLayout.JAVA_BYTE, at + 193 + 2L * part);
        factors[MINIMUM] = 0;
    }
}
