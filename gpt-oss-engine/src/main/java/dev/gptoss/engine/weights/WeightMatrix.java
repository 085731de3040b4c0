package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.BlockDecoder;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One weight matrix, (rows, columns) = (outputs, inputs), y = W x. Rows come out in the canonical block order of
 * {@link #type()} whatever order the file keeps, so equal models give equal bytes from every layout. Reads are
 * positional and may come from several threads at once.
 */
public interface WeightMatrix {
    /** The tensor's name in its file and, if the matrix is part of it, which part. */
    String name();

    TensorType type();

    int rows();

    /** A multiple of the type's {@link TensorType#blockValues()}. */
    int columns();

    /**
     * Reads rows {@code firstRow} to {@code firstRow + count - 1}, densely packed. Many rows a call (1 to 64 MiB) are
     * fastest.
     *
     * @param destination at least {@code count * rowBytes()} bytes of native memory, filled from its start
     * @throws WeightsException if the file is shorter than when it was opened, cannot be read, or holds an MXFP4 scale
     *     that is not a number
     */
    void readRows(int firstRow, int count, MemorySegment destination);

    /** Bytes of one row as {@link #readRows} delivers it. */
    default long rowBytes() {
        return type().bytes(columns());
    }

    /** Bytes of all rows. */
    default long byteSize() {
        return Math.multiplyExact(rowBytes(), rows());
    }

    /**
     * Reads rows as F32.
     *
     * @param destination receives {@code count * columns()} values from {@code offset} on
     * @throws WeightsException as {@link #readRows}
     */
    default void decodeRows(int firstRow, int count, float[] destination, int offset) {
        int chunk = (int) Math.clamp((1 << 18) / rowBytes(), 1, count);
        try (var arena = Arena.ofConfined()) {
            var rows = arena.allocate(chunk * rowBytes(), 64);
            for (int done = 0; done < count; done += chunk) {
                int now = Math.min(chunk, count - done);
                readRows(firstRow + done, now, rows);
                BlockDecoder.decode(type(), rows, 0, destination, offset + done * columns(), now * columns());
            }
        }
    }
}
