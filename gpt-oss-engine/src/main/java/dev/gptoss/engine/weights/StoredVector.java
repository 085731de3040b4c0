package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.RowRange.Rows;
import dev.gptoss.engine.weights.tensor.BlockDecoder;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/** Elements of a tensor of plain numbers: every {@code stride}-th from the first on. */
final class StoredVector implements WeightVector {
    private final StoredTensor tensor;
    private final TensorType type;
    private final Rows elements;

    StoredVector(StoredTensor tensor, TensorType type, Rows elements) {
        this.tensor = tensor;
        this.type = type;
        this.elements = elements;
    }

    @Override
    public String name() {
        return elements.part().isEmpty() ? tensor.name() : tensor.name() + " (" + elements.part() + ")";
    }

    @Override
    public int length() {
        return elements.count();
    }

    @Override
    public float[] read() {
        long bytes = type.blockBytes();
        int span = (elements.count() - 1) * elements.stride() + 1;
        byte[] stored = new byte[(int) (span * bytes)];
        tensor.readInto(elements.first() * bytes, MemorySegment.ofArray(stored));
        BlockDecoder decoder = BlockDecoder.of(type);
        float[] values = new float[elements.count()];
        for (int i = 0; i < values.length; i++) {
            decoder.decodeBlock(MemorySegment.ofArray(stored), i * elements.stride() * bytes, values, i);
        }
        return values;
    }
}
