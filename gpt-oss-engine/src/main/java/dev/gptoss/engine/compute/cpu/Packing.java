package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.WeightMatrix;
import java.lang.foreign.MemorySegment;

/**
 * A matrix on its way into tiles. Disjoint ranges of tiles may be packed concurrently, best by the threads that will read
 * them.
 */
final class Packing {

    private final PackedTiles matrix;
    private final TileFormat format;
    private final MemorySegment data;
    private final WeightMatrix first;
    private final WeightMatrix second;

    /**
     * @param first the matrix, or the gate of a pair
     * @param second the up of a pair, else the same as {@code first}
     */
    Packing(PackedTiles matrix, TileFormat format, MemorySegment data, WeightMatrix first, WeightMatrix second) {
        this.matrix = matrix;
        this.format = format;
        this.data = data;
        this.first = first;
        this.second = second;
    }

    /** The result; readable once all its tiles are packed. */
    PackedMatrix matrix() {
        return matrix;
    }

    int tiles() {
        return matrix.tiles();
    }

    /** Bytes of the source that tiles {@code begin} to {@code end} read. */
    long sourceBytes(int begin, int end) {
        return (matrix.rowOf(end) - matrix.rowOf(begin)) * (isPair() ? 2 * first.rowBytes() : first.rowBytes());
    }

    /** Bytes of {@code buffer} that {@link #pack} needs. */
    long bufferBytes() {
        return TileFormat.GROUP_ROWS * first.rowBytes();
    }

    /** Reads and packs tiles {@code begin} to {@code end}. */
    void pack(int begin, int end, MemorySegment buffer) {
        for (int tile = begin; tile < end; tile++) {
            int rows = matrix.rowOf(tile + 1) - matrix.rowOf(tile);
            int rowsPerGroup = isPair() ? TileFormat.LINE_INTS : TileFormat.GROUP_ROWS;
            int groups = Math.ceilDiv(rows, rowsPerGroup);
            int laidOut = format.laidOut(groups);
            long bytes = format.unitBytes(laidOut) * TileFormat.units(first.columns());
            MemorySegment target = data.asSlice(matrix.groupAt(tile * format.tileGroups()), bytes);
            for (int group = 0; group < groups; group++) {
                int row = matrix.rowOf(tile) + group * rowsPerGroup;
                read(row, Math.min(rowsPerGroup, first.rows() - row), buffer);
                format.encode(buffer, first.rowBytes(), first.columns(), target, group, laidOut);
            }
        }
    }

    private void read(int row, int count, MemorySegment buffer) {
        if (!isPair()) {
            readPadded(first, row, count, buffer.asSlice(0, TileFormat.GROUP_ROWS * first.rowBytes()));
            return;
        }
        long half = TileFormat.LINE_INTS * first.rowBytes();
        readPadded(first, row, count, buffer.asSlice(0, half));
        readPadded(second, row, count, buffer.asSlice(half, half));
    }

    private static void readPadded(WeightMatrix source, int row, int count, MemorySegment to) {
        source.readRows(row, count, to);
        to.asSlice(count * source.rowBytes()).fill((byte) 0);
    }

    private boolean isPair() {
        return first != second;
    }
}
