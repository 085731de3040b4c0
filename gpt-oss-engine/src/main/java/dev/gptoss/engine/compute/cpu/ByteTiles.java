package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/**
 * Signed bytes under one F16 scale for each 32 columns: Q8_0 as it is, and the smaller types whose values are small
 * integers times such a scale. Two lines of scales (block 0, block 1; int i: row i, row i + 16), then 32 lines of codes;
 * int i of code line s: bytes of row i and row i + 16 at column 2s, then at 2s + 1, each plus 128: unsigned bytes become F32
 * without a conversion. 34 lines: the bytes of Q8_0.
 */
final class ByteTiles extends TileFormat {

    private final TensorType type;

    ByteTiles(TensorType type) {
        this.type = type;
    }

    @Override
    int lines() {
        return 34;
    }

    @Override
    int tileGroups() {
        return 2;
    }

    @Override
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        // arrays between bulk copies, see HalfTiles
        int blocks = columns / Activations.BLOCK;
        byte[] codes = new byte[GROUP_ROWS * columns];
        short[] scales = new short[GROUP_ROWS * blocks];
        readBlocks(rows, rowBytes, blocks, codes, scales);
        int[] line = new int[LINE_INTS];
        for (int block = 0; block < blocks; block++) {
            int unit = block / 2;
            int second = block % 2;
            for (int lane = 0; lane < LINE_INTS; lane++) {
                int at = lane * blocks + block;
                line[lane] = scales[at] & 0xFFFF | scales[at + LINE_INTS * blocks] << 16;
            }
            MemorySegment.copy(line, 0, tile, LittleEndian.INT, lineAt(unit, second, group, groups), LINE_INTS);
            for (int c = 0; c < Activations.BLOCK; c += 2) {
                for (int lane = 0; lane < LINE_INTS; lane++) {
                    int low = lane * columns + block * Activations.BLOCK + c;
                    int high = low + LINE_INTS * columns;
                    int bytes = codes[low] & 0xFF
                            | (codes[high] & 0xFF) << 8
                            | (codes[low + 1] & 0xFF) << 16
                            | codes[high + 1] << 24;
                    line[lane] = bytes ^ 0x80808080;
                }
                long at = lineAt(unit, 2 + 16 * second + c / 2, group, groups);
                MemorySegment.copy(line, 0, tile, LittleEndian.INT, at, LINE_INTS);
            }
        }
    }

    private void readBlocks(MemorySegment rows, long rowBytes, int blocks, byte[] codes, short[] scales) {
        var reader = IntegerBlocks.of(type);
        var values = new byte[Activations.BLOCK];
        var factors = new float[IntegerBlocks.FACTORS];
        for (int row = 0; row < GROUP_ROWS; row++) {
            for (int block = 0; block < blocks; block++) {
                long from = row * rowBytes + (long) block * type.blockBytes();
                reader.read(rows, from, 0, values, factors);
                int index = row * blocks + block;
                System.arraycopy(values, 0, codes, index * Activations.BLOCK, Activations.BLOCK);
                scales[index] = rows.get(LittleEndian.SHORT, from);
            }
        }
    }

    @Override
    void decode(MemorySegment unit, int groups, Scratch scratch) {
        int rows = groups * GROUP_ROWS;
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < LINE_INTS; lane++) {
                int row = group * GROUP_ROWS + lane;
                for (int block = 0; block < 2; block++) {
                    int pair = unit.get(LittleEndian.INT, lineAt(0, block, group, groups) + 4L * lane);
                    scratch.scales[block * rows + row] = HalfTiles.half(pair);
                    scratch.scales[block * rows + row + LINE_INTS] = HalfTiles.half(pair >>> 16);
                }
                for (int c = 0; c < Activations.UNIT; c += 2) {
                    int codes = unit.get(LittleEndian.INT, lineAt(0, 2 + c / 2, group, groups) + 4L * lane);
                    decodePair(codes ^ 0x80808080, scratch.panel, c * Scratch.PANEL_STRIDE + row);
                }
            }
        }
    }

    /** Spreads the four bytes of an int over two columns of the panel. */
    static void decodePair(int codes, float[] panel, int at) {
        panel[at] = (byte) codes;
        panel[at + LINE_INTS] = (byte) (codes >> 8);
        panel[at + Scratch.PANEL_STRIDE] = (byte) (codes >> 16);
        panel[at + Scratch.PANEL_STRIDE + LINE_INTS] = codes >> 24;
    }
}
