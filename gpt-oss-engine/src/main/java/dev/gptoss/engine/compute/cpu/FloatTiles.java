package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** F32: two lines a column, rows 0 to 15 and 16 to 31 of the group. */
final class FloatTiles extends TileFormat {

    @Override
    int lines() {
        return 2 * Activations.UNIT;
    }

    @Override
    int tileGroups() {
        return 2;
    }

    @Override
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        for (int c = 0; c < columns; c++) {
            int line = 2 * (c % Activations.UNIT);
            for (int row = 0; row < GROUP_ROWS; row++) {
                long at = lineAt(c / Activations.UNIT, line + row / LINE_INTS, group, groups) + 4L * (row % LINE_INTS);
                tile.set(LittleEndian.INT, at, rows.get(LittleEndian.INT, row * rowBytes + 4L * c));
            }
        }
    }

    @Override
    void decode(MemorySegment unit, int groups, Scratch scratch) {
        int rows = groups * GROUP_ROWS;
        Arrays.fill(scratch.scales, 0, 2 * rows, 1);
        for (int c = 0; c < Activations.UNIT; c++) {
            for (int row = 0; row < rows; row++) {
                long line = lineAt(0, 2 * c + row % GROUP_ROWS / LINE_INTS, row / GROUP_ROWS, groups);
                scratch.panel[c * Scratch.PANEL_STRIDE + row] =
                        unit.get(LittleEndian.FLOAT, line + 4L * (row % LINE_INTS));
            }
        }
    }
}
