package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * How a tile lies in memory. A tile has one or more groups of 32 rows and is cut into units of 64 columns. A group's unit
 * is a fixed number of lines of 64 bytes, and line l of all groups of the tile lie side by side, so that a kernel reads
 * one stream. A line is 16 little-endian ints; int i belongs to rows i and i + 16 of its group, which makes the layout the
 * same for every vector width.
 */
abstract sealed class TileFormat permits Mxfp4Tiles, ByteTiles, AffineTiles, HalfTiles, FloatTiles {

    static final int GROUP_ROWS = 32;
    static final int LINE_BYTES = 64;
    static final int LINE_INTS = 16;

    /** The format that holds {@code type} exactly, at most a few bytes larger than the file. */
    static TileFormat of(TensorType type) {
        return switch (type) {
            case MXFP4 -> new Mxfp4Tiles();
            case Q8_0, Q4_0, Q5_0, IQ4_NL -> new ByteTiles(type);
            case Q4_1, Q5_1, Q4_K, Q5_K, Q6_K -> new AffineTiles(type);
            case BF16, F16 -> new HalfTiles(type);
            case F32 -> new FloatTiles();
        };
    }

    /** Lines of a group's unit. */
    abstract int lines();

    /** Groups of a full tile. */
    abstract int tileGroups();

    /** Whether a last tile of fewer groups is laid out as a full one. */
    boolean hasWholeTiles() {
        return false;
    }

    /** Groups that memory is laid out for if the last tile ends with group {@code groups}. */
    final int laidOut(int groups) {
        return hasWholeTiles() ? Math.ceilDiv(groups, tileGroups()) * tileGroups() : groups;
    }

    /** Columns of a partial sum. */
    int sumColumns() {
        return Activations.BLOCK;
    }

    boolean hasMinima() {
        return false;
    }

    /**
     * Packs one group.
     *
     * @param rows 32 rows in the canonical block order, missing ones zero
     * @param tile zeroed memory of the tile
     */
    abstract void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups);

    /** Decodes a unit of all groups into panel, scales and minima of {@code scratch}; a scale of a format without is 1. */
    abstract void decode(MemorySegment unit, int groups, Scratch scratch);

    /** Bytes of a unit of a tile. */
    final long unitBytes(int groups) {
        return (long) lines() * groups * LINE_BYTES;
    }

    static int units(int columns) {
        return Math.ceilDiv(columns, Activations.UNIT);
    }

    /** Where line {@code line} of a group begins within a tile. */
    final long lineAt(int unit, int line, int group, int groups) {
        return (((long) unit * lines() + line) * groups + group) * LINE_BYTES;
    }
}
