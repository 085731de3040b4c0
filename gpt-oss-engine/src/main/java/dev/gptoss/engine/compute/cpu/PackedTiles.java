package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;

/** A matrix in tiles of one format. The last tile may have fewer groups than the others. */
final class PackedTiles implements PackedMatrix {

    private final TileFormat format;
    private final TileKernel kernel;
    private final Epilogue epilogue;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final int rowsPerGroup;
    private final boolean quantised;

    /**
     * @param rows output rows
     * @param rowsPerGroup output rows of a group: 32, or 16 of a gate and up pair
     */
    PackedTiles(
            TileFormat format,
            TileKernel kernel,
            Epilogue epilogue,
            MemorySegment data,
            int rows,
            int columns,
            int rowsPerGroup,
            boolean quantised) {
        this.format = format;
        this.kernel = kernel;
        this.epilogue = epilogue;
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.rowsPerGroup = rowsPerGroup;
        this.quantised = quantised;
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
    public int tiles() {
        return Math.ceilDiv(groups(), format.tileGroups());
    }

    @Override
    public int rowOf(int tile) {
        return Math.min(rows, tile * format.tileGroups() * rowsPerGroup);
    }

    @Override
    public long byteSize() {
        return data.byteSize();
    }

    @Override
    public boolean readsQuantised() {
        return quantised;
    }

    @Override
    public boolean readsSums() {
        return format.hasMinima();
    }

    @Override
    public void multiply(
            Activations x,
            RowMap map,
            int from,
            int count,
            Destination y,
            int tileBegin,
            int tileEnd,
            Scratch scratch) {
        assert x.columns() == columns : x.columns() + " columns given, " + columns + " expected";
        int units = TileFormat.units(columns);
        int most = rowsAtOnce(count);
        for (int tile = tileBegin; tile < tileEnd; tile++) {
            int group = tile * format.tileGroups();
            int groups = format.laidOut(Math.min(format.tileGroups(), groups() - group));
            int row = rowOf(tile);
            for (int done = 0; done < count; done += most) {
                int now = Math.min(most, count - done);
                kernel.multiply(data, groupAt(group), groups, units, x, map.source, from + done, now, scratch);
                epilogue.finish(
                        scratch.results,
                        groups * TileFormat.GROUP_ROWS,
                        group * TileFormat.GROUP_ROWS,
                        rowOf(tile + 1) - row,
                        row,
                        map,
                        from + done,
                        now,
                        y);
            }
        }
    }

    /** Cuts rows into equal parts, whole eights where possible: a short rest would pay for decoding again. */
    private static int rowsAtOnce(int count) {
        int parts = Math.ceilDiv(count, Scratch.MOST_ROWS);
        return Math.min(Scratch.MOST_ROWS, Math.ceilDiv(Math.ceilDiv(count, parts), 8) * 8);
    }

    private int groups() {
        return Math.ceilDiv(rows, rowsPerGroup);
    }

    /** Where the tile that begins with {@code group} lies. */
    long groupAt(int group) {
        return group * format.unitBytes(1) * TileFormat.units(columns);
    }
}
