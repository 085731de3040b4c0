package dev.gptoss.engine.weights.synth;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.Mxfp4;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * The numbers of a synthetic model, by tensor and row whatever the file format. Deviations make a matrix scale a vector
 * by a given gain.
 */
final class Contents {
    /** Root mean square of the sixteen FP4 values, each equally likely. */
    private static final double FP4_RMS = Math.sqrt(8.5625);

    /** Block exponents are one below, at, at and one above their middle. */
    private static final int[] EXPONENT_STEPS = {-1, 0, 0, 1};

    private static final double EXPONENT_RMS = Math.sqrt((0.25 + 1 + 1 + 4) / 4);

    /** Root mean square of the odd numbers from -127 to 127. */
    private static final double ODD_BYTE_RMS = 73.9;

    private static final double[] SCALE_STEPS = {0.8, 0.95, 1.05, 1.2};

    private static final long ODD_BYTES = 0x0101_0101_0101_0101L;

    private final long seed;

    Contents(SyntheticModel model) {
        this.seed = model.seed();
    }

    /** MXFP4 codes and exponents of a stack of matrices, block by block. */
    Mxfp4Blocks mxfp4(String tensor, int columns, double gain) {
        double wanted = gain / (Math.sqrt(columns) * FP4_RMS * EXPONENT_RMS);
        int middle = 127 + (int) Math.round(Math.log(wanted) / Math.log(2));
        return new Mxfp4Blocks(
                RandomBits.of(seed, tensor),
                RandomBits.of(seed, tensor + " exponents"),
                columns / Mxfp4.VALUES,
                middle);
    }

    /** Rows of Q8_0 blocks. */
    RowFiller q8(String tensor, int columns, double gain) {
        RandomBits bits = RandomBits.of(seed, tensor);
        RandomBits scaleBits = RandomBits.of(seed, tensor + " scales");
        short[] scales = new short[SCALE_STEPS.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = Float.floatToFloat16((float) (SCALE_STEPS[i] * gain / Math.sqrt(columns) / ODD_BYTE_RMS));
        }
        int blocksPerRow = columns / TensorType.Q8_0.blockValues();
        int blockBytes = TensorType.Q8_0.blockBytes();
        return (first, count, out) -> {
            for (int i = 0; i < count * blocksPerRow; i++) {
                long block = first * blocksPerRow + i;
                long at = (long) i * blockBytes;
                out.set(LittleEndian.SHORT, at, scales[(int) scaleBits.at(block) & 3]);
                for (int word = 0; word < 4; word++) {
                    // Odd, so that no byte is -128, which a quantizer never writes.
                    out.set(LittleEndian.LONG, at + 2 + 8L * word, bits.at(4 * block + word) | ODD_BYTES);
                }
            }
        };
    }

    /** Rows of BF16 numbers from a normal distribution. */
    RowFiller bfloats(String tensor, int columns, double mean, double deviation) {
        RandomBits bits = RandomBits.of(seed, tensor);
        var table = new NormalTable(mean, deviation);
        return (first, count, out) -> {
            long start = first * columns;
            for (long i = 0; i < (long) count * columns; i++) {
                long index = start + i;
                out.set(LittleEndian.SHORT, 2 * i, table.pick(bits.at(index >> 2) >>> 16 * (index & 3)));
            }
        };
    }

    /** The same numbers as {@link #bfloats}, as F32. */
    RowFiller floats(String tensor, int columns, double mean, double deviation) {
        RandomBits bits = RandomBits.of(seed, tensor);
        var table = new NormalTable(mean, deviation);
        return (first, count, out) -> {
            long start = first * columns;
            for (long i = 0; i < (long) count * columns; i++) {
                long index = start + i;
                int bfloat = table.pick(bits.at(index >> 2) >>> 16 * (index & 3));
                out.set(LittleEndian.INT, 4 * i, bfloat << 16);
            }
        };
    }

    /** Deviation of a matrix that scales a vector of {@code columns} numbers by {@code gain}. */
    static double deviation(int columns, double gain) {
        return gain / Math.sqrt(columns);
    }

    /** Blocks by index over all rows of a stack of matrices, in the order of the safetensors layouts. */
    record Mxfp4Blocks(RandomBits codes, RandomBits exponents, int groups, int middle) {
        byte scale(long block) {
            long bits = exponents.at(block >> 5) >>> 2 * (block & 31);
            return (byte) (middle + EXPONENT_STEPS[(int) bits & 3]);
        }

        /** The 16 bytes of codes in paired order. */
        void codes(long block, MemorySegment out, long at) {
            out.set(LittleEndian.LONG, at, codes.at(2 * block));
            out.set(LittleEndian.LONG, at + 8, codes.at(2 * block + 1));
        }

        /** Rows as GGUF has them. */
        void fill(long first, int count, MemorySegment out) {
            for (int i = 0; i < count * groups; i++) {
                long at = (long) i * Mxfp4.BLOCK_BYTES;
                long block = first * groups + i;
                out.set(JAVA_BYTE, at, scale(block));
                codes(block, out, at + 1);
                Mxfp4.pairedToGgml(out, at + 1, out, at + 1);
            }
        }
    }
}
