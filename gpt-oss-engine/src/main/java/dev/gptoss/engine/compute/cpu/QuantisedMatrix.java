package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A matrix of plain numbers, read as Q8_0: for each 32 columns the least F16 scale d that is not below the largest
 * magnitude / 127, and codes round(x / d), so that no number is off by more than d / 2.
 */
record QuantisedMatrix(WeightMatrix source) implements WeightMatrix {

    private static final int VALUES = TensorType.Q8_0.blockValues();
    private static final float LARGEST_CODE = 127;
    private static final float LARGEST_SCALE = 65504;

    /** Added to a small float it leaves the nearest integer in the low bits, ties to even. */
    private static final float INTEGER = 0x1.8p23f;

    /** The matrix as Q8_0, or as it is if it has few bits already or its rows are no whole blocks. */
    static WeightMatrix of(WeightMatrix source) {
        boolean isPlain = switch (source.type()) {
            case F32, F16, BF16 -> true;
            default -> false;
        };
        return isPlain && source.columns() % VALUES == 0 ? new QuantisedMatrix(source) : source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public TensorType type() {
        return TensorType.Q8_0;
    }

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public int columns() {
        return source.columns();
    }

    @Override
    public void readRows(int firstRow, int count, MemorySegment destination) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment stored = arena.allocate(count * source.rowBytes(), 64);
            source.readRows(firstRow, count, stored);
            // arrays between bulk copies: a model is packed while this code is cold, see HalfTiles
            var values = new float[columns()];
            var halves = new short[columns()];
            var blocks = new byte[Math.toIntExact(rowBytes())];
            for (int row = 0; row < count; row++) {
                decode(stored, row * source.rowBytes(), halves, values);
                for (int block = 0; block < values.length / VALUES; block++) {
                    quantise(values, block * VALUES, blocks, block * TensorType.Q8_0.blockBytes());
                }
                MemorySegment.copy(blocks, 0, destination, ValueLayout.JAVA_BYTE, row * rowBytes(), blocks.length);
            }
        }
    }

    private void decode(MemorySegment stored, long at, short[] halves, float[] values) {
        if (source.type() == TensorType.F32) {
            MemorySegment.copy(stored, LittleEndian.FLOAT, at, values, 0, values.length);
            return;
        }
        MemorySegment.copy(stored, LittleEndian.SHORT, at, halves, 0, halves.length);
        if (source.type() == TensorType.BF16) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(halves[i] << 16);
            }
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.float16ToFloat(halves[i]);
            }
        }
    }

    private void quantise(float[] values, int from, byte[] blocks, int to) {
        float largest = 0;
        for (int i = 0; i < VALUES; i++) {
            largest = Math.max(largest, Math.abs(values[from + i]));
        }
        if (!(largest <= LARGEST_CODE * LARGEST_SCALE)) {
            throw new WeightsException(name() + " holds " + largest + ", expected finite weights of at most "
                    + LARGEST_CODE * LARGEST_SCALE + " to round to 8 bits. Open the model with its dense weights as"
                    + " stored, or in exact precision; if that fails too, fetch it again.");
        }
        short scale = scale(largest);
        float inverse = largest == 0 ? 0 : 1 / Float.float16ToFloat(scale);
        blocks[to] = (byte) scale;
        blocks[to + 1] = (byte) (scale >> 8);
        for (int i = 0; i < VALUES; i++) {
            blocks[to + 2 + i] = (byte) Float.floatToRawIntBits(values[from + i] * inverse + INTEGER);
        }
    }

    private static short scale(float largest) {
        float exact = largest / LARGEST_CODE;
        short half = Float.floatToFloat16(exact);
        return Float.float16ToFloat(half) < exact ? (short) (half + 1) : half;
    }
}
