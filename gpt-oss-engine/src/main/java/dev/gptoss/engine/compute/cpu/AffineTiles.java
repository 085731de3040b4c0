package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Signed bytes under an F32 scale for each 16 columns and an F32 minimum, to be added, for each 32: what the remaining
 * integer types come to. Eight lines of scales (line 2g + h: columns 16g, rows of half h), four of minima (line 2b + h),
 * then 32 lines of codes as in {@link ByteTiles}.
 */
final class AffineTiles extends TileFormat {

    private static final int MINIMA = 8;
    private static final int CODES = 12;
    private static final int SUM_COLUMNS = 16;

    private final TensorType type;

    AffineTiles(TensorType type) {
        this.type = type;
    }

    @Override
    int lines() {
        return 44;
    }

    @Override
    int tileGroups() {
        return 2;
    }

    @Override
    int sumColumns() {
        return SUM_COLUMNS;
    }

    @Override
    boolean hasMinima() {
        return true;
    }

    @Override
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        var blocks = IntegerBlocks.of(type);
        var codes = new byte[Activations.BLOCK];
        var factors = new float[IntegerBlocks.FACTORS];
        int parts = type.blockValues() / Activations.BLOCK;
        for (int row = 0; row < GROUP_ROWS; row++) {
            long at = 4L * (row % LINE_INTS);
            int half = row / LINE_INTS;
            for (int block = 0; block < columns / Activations.BLOCK; block++) {
                long from = row * rowBytes + (long) (block / parts) * type.blockBytes();
                blocks.read(rows, from, block % parts, codes, factors);
                int unit = block / 2;
                int second = block % 2;
                for (int g = 0; g < 2; g++) {
                    long line = lineAt(unit, 2 * (2 * second + g) + half, group, groups);
                    tile.set(LittleEndian.FLOAT, line + at, factors[g]);
                }
                long minimum = lineAt(unit, MINIMA + 2 * second + half, group, groups);
                tile.set(LittleEndian.FLOAT, minimum + at, factors[IntegerBlocks.MINIMUM]);
                for (int c = 0; c < Activations.BLOCK; c++) {
                    long line = lineAt(unit, CODES + 16 * second + c / 2, group, groups);
                    tile.set(ValueLayout.JAVA_BYTE, line + at + half + 2L * (c % 2), codes[c]);
                }
            }
        }
    }

    @Override
    void decode(MemorySegment unit, int groups, Scratch scratch) {
        int rows = groups * GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < LINE_INTS; lane++) {
                int row = group * GROUP_ROWS + lane;
                decodeFloats(unit, 0, MINIMA, group, groups, lane, scratch.scales, row);
                decodeFloats(unit, MINIMA, CODES, group, groups, lane, scratch.minima, row);
                for (int c = 0; c < Activations.UNIT; c += 2) {
                    int codes = unit.get(LittleEndian.INT, lineAt(0, CODES + c / 2, group, groups) + 4L * lane);
                    ByteTiles.decodePair(codes, scratch.panel, c * Scratch.PANEL_STRIDE + row);
                }
            }
        }
    }

    private void decodeFloats(
            MemorySegment unit, int begin, int end, int group, int groups, int lane, float[] to, int row) {
        for (int line = begin; line < end; line++) {
            int half = (line - begin) % 2;
            int part = (line - begin) / 2;
            to[part * groups * GROUP_ROWS + row + half * LINE_INTS] =
                    unit.get(LittleEndian.FLOAT, lineAt(0, line, group, groups) + 4L * lane);
        }
    }
}
