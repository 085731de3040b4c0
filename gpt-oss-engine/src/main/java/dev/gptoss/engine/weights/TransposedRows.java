package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * Rows of an input-major tensor (E, inputs, outputs) of plain numbers: row r of expert e is column {@code first + r *
 * stride} of its matrix.
 */
final class TransposedRows extends RowRange {
    private final StoredTensor tensor;
    private final ScratchPool scratch;
    private final int elementBytes;
    /** Elements from one input to the next. */
    private final long outputs;
    /** First element of the expert. */
    private final long base;

    TransposedRows(StoredTensor tensor, TensorType type, int expert, Rows rows, int columns, ScratchPool scratch) {
        super(tensor, type, rows, columns);
        this.tensor = tensor;
        this.scratch = scratch;
        this.elementBytes = type.blockBytes();
        this.outputs = tensor.shape().getLast();
        this.base = (long) expert * columns * outputs;
    }

    @Override
    void read(int firstRow, int count, MemorySegment destination) {
        // A span of columns so narrow that at least one input of it fits the buffer.
        int most = ScratchPool.BYTES / elementBytes / stride;
        for (int done = 0; done < count; done += most) {
            int from = firstRow + done;
            int now = Math.min(most, count - done);
            MemorySegment part = destination.asSlice(done * rowBytes(), now * rowBytes());
            scratch.with(buffer -> readColumns(from, now, part, buffer));
        }
    }

    private void readColumns(int firstRow, int count, MemorySegment destination, MemorySegment buffer) {
        long span = (count - 1L) * stride + 1;
        long column = first + (long) firstRow * stride;
        // Reading whole inputs in one call beats a call per input unless most of each would be thrown away.
        boolean whole = span * 4 >= outputs && outputs * elementBytes <= ScratchPool.BYTES;
        long width = whole ? outputs : span;
        int chunk = (int) (ScratchPool.BYTES / (width * elementBytes));
        for (int input = 0; input < columns(); input += chunk) {
            int now = Math.min(chunk, columns() - input);
            if (whole) {
                long bytes = now * width * elementBytes;
                tensor.readInto((base + input * outputs) * elementBytes, buffer.asSlice(0, bytes));
            } else {
                for (int i = 0; i < now; i++) {
                    long from = (base + (input + i) * outputs + column) * elementBytes;
                    tensor.readInto(from, buffer.asSlice(i * width * elementBytes, span * elementBytes));
                }
            }
            transpose(buffer, whole ? column : 0, width, now, destination, input, count);
        }
    }

    private void transpose(
            MemorySegment buffer, long column, long width, int inputs, MemorySegment destination, int to, int count) {
        for (int row = 0; row < count; row++) {
            long source = (column + (long) row * stride) * elementBytes;
            long target = row * rowBytes() + (long) to * elementBytes;
            for (int i = 0; i < inputs; i++) {
                MemorySegment.copy(
                        buffer,
                        source + i * width * elementBytes,
                        destination,
                        target + (long) i * elementBytes,
                        elementBytes);
            }
        }
    }
}
