package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A matrix that is every {@code stride}-th row of a tensor from row {@code first} on; leading dimensions of the tensor
 * count as rows. Stride 2 is the interleaving of gate and up.
 */
abstract class RowRange implements WeightMatrix {
    private final StoredTensor tensor;
    private final String part;
    private final TensorType type;
    private final int rows;
    private final int columns;
    final long first;
    final int stride;

    RowRange(StoredTensor tensor, TensorType type, Rows rows, int columns) {
        this.tensor = tensor;
        this.type = type;
        this.part = rows.part();
        this.first = rows.first();
        this.stride = rows.stride();
        this.rows = rows.count();
        this.columns = columns;
    }

    /** Which rows of a tensor, and what they are called. */
    record Rows(String part, long first, int stride, int count) {
        static Rows all(int count) {
            return new Rows("", 0, 1, count);
        }
    }

    @Override
    public String name() {
        return part.isEmpty() ? tensor.name() : tensor.name() + " (" + part + ")";
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void readRows(int firstRow, int count, MemorySegment destination) {
        Objects.checkFromIndexSize(firstRow, count, rows);
        read(firstRow, count, destination.asSlice(0, count * rowBytes()));
    }

    /** Fills {@code destination}, exactly {@code count} rows. */
    abstract void read(int firstRow, int count, MemorySegment destination);

    @Override
    public String toString() {
        return name() + " " + type + " (" + rows + ", " + columns + ")";
    }
}
