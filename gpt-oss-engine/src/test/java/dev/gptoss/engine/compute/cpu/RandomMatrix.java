package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.BlockDecoder;
import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;

/** Random valid blocks of any type, scales of moderate size. */
record RandomMatrix(TensorType type, int rows, int columns, byte[] bytes) implements WeightMatrix {

    static RandomMatrix of(TensorType type, int rows, int columns, RandomGenerator random) {
        var bytes = new byte[Math.toIntExact(type.bytes(columns) * rows)];
        random.nextBytes(bytes);
        var segment = MemorySegment.ofArray(bytes);
        for (int at = 0; at < bytes.length; at += type.blockBytes()) {
            switch (type) {
                case F32 -> segment.set(LittleEndian.FLOAT, at, (float) random.nextGaussian());
                case BF16 ->
                    segment.set(LittleEndian.SHORT, at, (short)
                            (Float.floatToRawIntBits((float) random.nextGaussian()) >> 16));
                case F16 -> half(segment, at, random.nextGaussian());
                case MXFP4 -> segment.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(120, 130));
                case Q6_K -> half(segment, at + 208, random.nextDouble());
                case Q4_1, Q5_1, Q4_K, Q5_K -> {
                    half(segment, at, random.nextDouble());
                    half(segment, at + 2, random.nextGaussian());
                }
                case Q4_0, Q5_0, Q8_0, IQ4_NL -> half(segment, at, random.nextGaussian());
            }
        }
        return new RandomMatrix(type, rows, columns, bytes);
    }

    private static void half(MemorySegment segment, long at, double value) {
        segment.set(LittleEndian.SHORT, at, Float.floatToFloat16((float) value));
    }

    @Override
    public String name() {
        return "random " + type;
    }

    @Override
    public void readRows(int firstRow, int count, MemorySegment destination) {
        MemorySegment.copy(MemorySegment.ofArray(bytes), firstRow * rowBytes(), destination, 0, count * rowBytes());
    }

    /** (rows, columns). */
    float[] decoded() {
        var values = new float[rows * columns];
        BlockDecoder.decode(type, MemorySegment.ofArray(bytes), 0, values, 0, values.length);
        return values;
    }
}
