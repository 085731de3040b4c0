package dev.gptoss.engine.weights;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gptoss.engine.weights.tensor.Mxfp4;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/** Rows of whole blocks, one after the other, as GGUF keeps all matrices and safetensors the plain ones. */
final class BlockRows extends RowRange {
    /** Small enough that checking or reordering finds the bytes still in the cache. */
    private static final long CHUNK = 256 << 10;

    private final StoredTensor tensor;
    private final ScratchPool scratch;

    BlockRows(StoredTensor tensor, TensorType type, Rows rows, int columns, ScratchPool scratch) {
        super(tensor, type, rows, columns);
        this.tensor = tensor;
        this.scratch = scratch;
    }

    @Override
    void read(int firstRow, int count, MemorySegment destination) {
        long rowBytes = rowBytes();
        if (stride == 1) {
            readBlocks((first + firstRow) * rowBytes, destination);
        } else if (rowBytes * stride > ScratchPool.BYTES) {
            for (int row = 0; row < count; row++) {
                long from = (first + (long) (firstRow + row) * stride) * rowBytes;
                readBlocks(from, destination.asSlice(row * rowBytes, rowBytes));
            }
        } else {
            scratch.with(buffer -> readStrided(firstRow, count, destination, buffer));
        }
    }

    private void readStrided(int firstRow, int count, MemorySegment destination, MemorySegment buffer) {
        long rowBytes = rowBytes();
        int chunk = (int) (ScratchPool.BYTES / (rowBytes * stride));
        for (int done = 0; done < count; done += chunk) {
            int now = Math.min(chunk, count - done);
            long from = (first + (long) (firstRow + done) * stride) * rowBytes;
            tensor.readInto(from, buffer.asSlice(0, ((now - 1L) * stride + 1) * rowBytes));
            for (int row = 0; row < now; row++) {
                MemorySegment.copy(buffer, row * stride * rowBytes, destination, (done + row) * rowBytes, rowBytes);
            }
            makeCanonical(destination, done * rowBytes, now * rowBytes);
        }
    }

    private void readBlocks(long from, MemorySegment destination) {
        long chunk = type() == TensorType.MXFP4 ? CHUNK / Mxfp4.BLOCK_BYTES * Mxfp4.BLOCK_BYTES : Long.MAX_VALUE;
        for (long done = 0; done < destination.byteSize(); ) {
            long now = Math.min(chunk, destination.byteSize() - done);
            tensor.readInto(from + done, destination.asSlice(done, now));
            makeCanonical(destination, done, now);
            done += now;
        }
    }

    private void makeCanonical(MemorySegment blocks, long from, long bytes) {
        if (type() != TensorType.MXFP4) {
            return;
        }
        int highest = 0;
        for (long at = from; at < from + bytes; at += Mxfp4.BLOCK_BYTES) {
            highest = Math.max(highest, blocks.get(JAVA_BYTE, at) & 0xFF);
        }
        if (highest == Mxfp4.NAN_SCALE) {
            throw SplitMxfp4Rows.notANumber(tensor);
        }
        if (tensor.type().paired()) {
            for (long at = from + 1; at < from + bytes; at += Mxfp4.BLOCK_BYTES) {
                Mxfp4.pairedToGgml(blocks, at, blocks, at);
            }
        }
    }
}
