package dev.gptoss.engine.weights;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.gptoss.engine.weights.tensor.Mxfp4;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.MemorySegment;

/**
 * MXFP4 as the safetensors layouts keep it: codes (E, rows, groups, 16) in paired order in one tensor, scales (E, rows,
 * groups) in another, perhaps in another file.
 */
final class SplitMxfp4Rows extends RowRange {
    private final StoredTensor codes;
    private final StoredTensor scales;
    private final ScratchPool scratch;
    private final int groups;

    SplitMxfp4Rows(StoredTensor codes, StoredTensor scales, Rows rows, int columns, ScratchPool scratch) {
        super(codes, TensorType.MXFP4, rows, columns);
        this.codes = codes;
        this.scales = scales;
        this.scratch = scratch;
        this.groups = columns / Mxfp4.VALUES;
    }

    static WeightsException notANumber(StoredTensor tensor) {
        return tensor.fault("has a block with scale byte 255, not a number; expected 0 to 254. The file is damaged or"
                + " was converted wrongly: fetch it again.");
    }

    @Override
    void read(int firstRow, int count, MemorySegment destination) {
        scratch.with(buffer -> {
            long blocks = ScratchPool.BYTES / Mxfp4.BLOCK_BYTES;
            long groupsPerStep = (long) groups * stride;
            if (stride == 1) {
                readBlocks((first + firstRow) * groups, (long) count * groups, destination, buffer);
            } else if (groupsPerStep > blocks) {
                for (int row = 0; row < count; row++) {
                    long block = (first + (long) (firstRow + row) * stride) * groups;
                    readBlocks(block, groups, destination.asSlice(row * rowBytes(), rowBytes()), buffer);
                }
            } else {
                readStrided(firstRow, count, (int) (blocks / groupsPerStep), destination, buffer);
            }
        });
    }

    /** {@code count} blocks in a row, however many rows they are. */
    private void readBlocks(long firstBlock, long count, MemorySegment destination, MemorySegment buffer) {
        long most = ScratchPool.BYTES / Mxfp4.BLOCK_BYTES;
        for (long done = 0; done < count; ) {
            int now = (int) Math.min(most, count - done);
            fetch(firstBlock + done, now, buffer);
            join(buffer, now, 0, now, destination, done * Mxfp4.BLOCK_BYTES);
            done += now;
        }
    }

    private void readStrided(int firstRow, int count, int chunk, MemorySegment destination, MemorySegment buffer) {
        for (int done = 0; done < count; done += chunk) {
            int now = Math.min(chunk, count - done);
            int blocks = ((now - 1) * stride + 1) * groups;
            fetch((first + (long) (firstRow + done) * stride) * groups, blocks, buffer);
            for (int row = 0; row < now; row++) {
                join(buffer, blocks, row * stride * groups, groups, destination, (done + row) * rowBytes());
            }
        }
    }

    /** Codes of {@code count} blocks to the buffer's start, their scales behind. */
    private void fetch(long firstBlock, int count, MemorySegment buffer) {
        long codeBytes = (long) count * Mxfp4.CODE_BYTES;
        codes.readInto(firstBlock * Mxfp4.CODE_BYTES, buffer.asSlice(0, codeBytes));
        scales.readInto(firstBlock, buffer.asSlice(codeBytes, count));
    }

    /** Joins {@code count} blocks from block {@code from} of the {@code fetched} in the buffer. */
    private void join(MemorySegment buffer, int fetched, int from, int count, MemorySegment destination, long to) {
        long scaleStart = (long) fetched * Mxfp4.CODE_BYTES + from;
        long codeStart = (long) from * Mxfp4.CODE_BYTES;
        int highest = 0;
        for (int i = 0; i < count; i++) {
            byte scale = buffer.get(JAVA_BYTE, scaleStart + i);
            highest = Math.max(highest, scale & 0xFF);
            long block = to + (long) i * Mxfp4.BLOCK_BYTES;
            destination.set(JAVA_BYTE, block, scale);
            Mxfp4.pairedToGgml(buffer, codeStart + (long) i * Mxfp4.CODE_BYTES, destination, block + 1);
        }
        if (highest == Mxfp4.NAN_SCALE) {
            throw notANumber(scales);
        }
    }
}
