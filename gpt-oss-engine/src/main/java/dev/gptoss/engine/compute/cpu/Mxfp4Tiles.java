package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * MXFP4, always two groups together. A line of scales for each: int i has bytes e(row i, block 0), e(row i + 16, block 0),
 * e(row i, block 1), e(row i + 16, block 1). Then 32 lines of codes: byte b of int i of code line s belongs to one of four
 * rows, {@code i + 16 (b / 2)} of group {@code b % 2}; its low nibble is column 2s, its high nibble column 2s + 1. Like the
 * file, 34 lines for 4096 weights.
 */
final class Mxfp4Tiles extends TileFormat {

    private static final int LINES = 17;
    private static final int BLOCK_BYTES = 17; // e8m0; byte j: value j low, value j + 16 high
    private static final int LOW_NIBBLES = 0x0F0F0F0F;
    private static final int EVEN_BYTES = 0x00FF00FF;

    /** Values of the codes; bit 3 is the sign. */
    static final float[] FP4 = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6};

    /** Doubled values as integers, twice: an index of five bits may carry a bit of its neighbour. */
    static short[] doubledCodes() {
        var codes = new short[32];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) (2 * FP4[i % 16]);
        }
        return codes;
    }

    /** What makes the least doubled code 0. */
    static final int LIFT = 12;

    /** Doubled values and {@link #LIFT}, four times: an index of six bits may carry two of its neighbour. */
    static byte[] liftedCodes() {
        var codes = new byte[64];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (2 * FP4[i % 16] + LIFT);
        }
        return codes;
    }

    /** Values as BF16, twice. */
    static short[] brainCodes() {
        var codes = new short[32];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) (Float.floatToRawIntBits(FP4[i % 16]) >> 16);
        }
        return codes;
    }

    @Override
    int lines() {
        return LINES;
    }

    @Override
    int tileGroups() {
        return 2;
    }

    @Override
    boolean hasWholeTiles() {
        return true;
    }

    @Override
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        int[] lines = new int[16 * LINE_INTS]; // of a block; an array for the reason given in HalfTiles
        for (int block = 0; block < columns / Activations.BLOCK; block++) {
            int unit = block / 2;
            int second = block % 2;
            long scales = lineAt(unit, 0, group, groups) + 2L * second;
            for (int lane = 0; lane < LINE_INTS; lane++) {
                long from = lane * rowBytes + (long) block * BLOCK_BYTES;
                long other = from + LINE_INTS * rowBytes; // of the row that has the upper halves of the ints
                tile.set(ValueLayout.JAVA_BYTE, scales + 4L * lane, rows.get(ValueLayout.JAVA_BYTE, from));
                tile.set(ValueLayout.JAVA_BYTE, scales + 4L * lane + 1, rows.get(ValueLayout.JAVA_BYTE, other));
                for (int s = 0; s < 4; s++) {
                    int lower = rows.get(LittleEndian.INT, from + 1 + 4L * s);
                    int upper = rows.get(LittleEndian.INT, other + 1 + 4L * s);
                    int low = Integer.compress(lower, LOW_NIBBLES) | Integer.compress(upper, LOW_NIBBLES) << 16;
                    int high = Integer.compress(lower, ~LOW_NIBBLES) | Integer.compress(upper, ~LOW_NIBBLES) << 16;
                    int at = 2 * s * LINE_INTS + lane;
                    lines[at] = low & EVEN_BYTES;
                    lines[at + LINE_INTS] = low >>> 8 & EVEN_BYTES;
                    lines[at + 8 * LINE_INTS] = high & EVEN_BYTES;
                    lines[at + 9 * LINE_INTS] = high >>> 8 & EVEN_BYTES;
                }
            }
            long to = codesAt(unit, 16 * second);
            for (int i = 0; i < lines.length; i++) { // the other group has the other bytes
                tile.set(
                        LittleEndian.INT, to + 4L * i, tile.get(LittleEndian.INT, to + 4L * i) | lines[i] << 8 * group);
            }
        }
    }

    @Override
    void decode(MemorySegment unit, int groups, Scratch scratch) {
        int rows = groups * GROUP_ROWS;
        for (int lane = 0; lane < LINE_INTS; lane++) {
            for (int group = 0; group < groups; group++) {
                int row = group * GROUP_ROWS + lane;
                int exponents = unit.get(LittleEndian.INT, lineAt(0, 0, group, groups) + 4L * lane);
                scratch.scales[row] = scale(exponents);
                scratch.scales[row + LINE_INTS] = scale(exponents >>> 8);
                scratch.scales[rows + row] = scale(exponents >>> 16);
                scratch.scales[rows + row + LINE_INTS] = scale(exponents >>> 24);
            }
            for (int c = 0; c < Activations.UNIT; c++) {
                int codes = unit.get(LittleEndian.INT, codesAt(0, c / 2) + 4L * lane) >>> 4 * (c % 2);
                int to = c * Scratch.PANEL_STRIDE + lane;
                scratch.panel[to] = FP4[codes & 15];
                scratch.panel[to + GROUP_ROWS] = FP4[codes >>> 8 & 15];
                scratch.panel[to + LINE_INTS] = FP4[codes >>> 16 & 15];
                scratch.panel[to + GROUP_ROWS + LINE_INTS] = FP4[codes >>> 24 & 15];
            }
        }
    }

    /** Where code line {@code s} begins within a tile. */
    private long codesAt(int unit, int s) {
        return unit * unitBytes(2) + (2 + s) * LINE_BYTES;
    }

    /** 2^(e - 127), for e = 0 the subnormal 2^-127. */
    private static float scale(int e) {
        return Float.intBitsToFloat(Math.max((e & 0xFF) << 23, 1 << 22));
    }
}
