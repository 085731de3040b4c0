package dev.gptoss.engine.compute;

import dev.gptoss.engine.weights.ExpertWeights;
import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.WeightVector;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A model of any shape with random weights that keep activations near 1. */
public final class RandomWeights implements Weights {

    private final Random random;
    private final ModelConfig config;
    private final WeightMatrix embedding;
    private final List<LayerWeights> layers = new ArrayList<>();
    private final WeightVector finalNorm;
    private final WeightMatrix head;

    /**
     * @param dense F32 or BF16
     * @param expert F32, BF16, or MXFP4 where widths allow
     */
    public RandomWeights(ModelConfig config, TensorType dense, TensorType expert, long seed) {
        this.config = config;
        random = new Random(seed);
        int d = config.hiddenSize();
        int inner = config.intermediateSize();
        embedding = matrix(dense, config.vocabulary(), d, 1);
        for (int l = 0; l < config.layers(); l++) {
            var experts = new ArrayList<ExpertWeights>();
            for (int e = 0; e < config.experts(); e++) {
                experts.add(new ExpertWeights(
                        linear(expert, inner, d, 2), linear(expert, inner, d, 2), linear(expert, d, inner, 1)));
            }
            layers.add(new LayerWeights(
                    vector(d, 1, 0.2f),
                    linear(dense, config.queryWidth(), d, 2),
                    linear(dense, config.keyValueWidth(), d, 2),
                    linear(dense, config.keyValueWidth(), d, 1),
                    linear(dense, d, config.queryWidth(), 1),
                    vector(config.heads(), 0, 1),
                    vector(d, 1, 0.2f),
                    linear(dense, config.experts(), d, 2),
                    experts));
        }
        finalNorm = vector(d, 1, 0.2f);
        head = matrix(dense, config.vocabulary(), d, 2);
    }

    private Linear linear(TensorType type, int out, int in, double gain) {
        return new Linear(matrix(type, out, in, gain), vector(out, 0, 0.3f));
    }

    private WeightMatrix matrix(TensorType type, int rows, int columns, double gain) {
        byte[] bytes = new byte[Math.toIntExact(type.bytes(columns) * rows)];
        random.nextBytes(bytes);
        var segment = MemorySegment.ofArray(bytes);
        double scale = gain / Math.sqrt(columns);
        for (int at = 0; at < bytes.length; at += type.blockBytes()) {
            float value = (float) (random.nextGaussian() * scale);
            switch (type) {
                case F32 -> segment.set(LittleEndian.FLOAT, at, value);
                case BF16 -> segment.set(LittleEndian.SHORT, at, (short) (Float.floatToRawIntBits(value) >> 16));
                case MXFP4 -> // codes spread with a deviation of about 3
                    segment.set(ValueLayout.JAVA_BYTE, at, (byte) Math.round(127 + Math.log(scale / 3) / Math.log(2)));
                default -> throw new IllegalArgumentException("no random " + type);
            }
        }
        return new RandomMatrix(type, rows, columns, segment);
    }

    private WeightVector vector(int length, float mean, float deviation) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = mean + (float) random.nextGaussian() * deviation;
        }
        return new FixedVector(values);
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public WeightMatrix embedding() {
        return embedding;
    }

    @Override
    public LayerWeights layer(int layer) {
        return layers.get(layer);
    }

    @Override
    public WeightVector finalNorm() {
        return finalNorm;
    }

    @Override
    public WeightMatrix head() {
        return head;
    }

    @Override
    public String source() {
        return "random";
    }

    @Override
    public long byteSize() {
        return embedding.byteSize() + head.byteSize();
    }

    @Override
    public void close() {
        // memory of the heap alone
    }

    private record RandomMatrix(TensorType type, int rows, int columns, MemorySegment bytes) implements WeightMatrix {

        @Override
        public String name() {
            return "random " + type;
        }

        @Override
        public void readRows(int firstRow, int count, MemorySegment destination) {
            MemorySegment.copy(bytes, firstRow * rowBytes(), destination, 0, count * rowBytes());
        }
    }

    private record FixedVector(float[] values) implements WeightVector {

        @Override
        public String name() {
            return "random vector";
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public float[] read() {
            return values.clone();
        }
    }
}
