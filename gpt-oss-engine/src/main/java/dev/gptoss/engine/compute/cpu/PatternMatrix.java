package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A matrix of bytes that occur in no order; as scales and as BF16 they are finite. */
record PatternMatrix(TensorType type, int rows, int columns) implements WeightMatrix {

    @Override
    public String name() {
        return "pattern";
    }

    @Override
    public void readRows(int firstRow, int count, MemorySegment destination) {
        for (long i = 0; i < count * rowBytes(); i++) {
            long at = i + firstRow * rowBytes();
            destination.set(ValueLayout.JAVA_BYTE, i, (byte) ((at * 37 + (at >> 6) * 11 & 0x3F) + 1));
        }
    }
}
