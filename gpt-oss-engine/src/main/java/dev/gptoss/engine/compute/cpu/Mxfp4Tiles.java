package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * MXFP4: a line of scales, then 16 lines of codes. Int i of the scales: bytes e(row i, block 0), e(row i + 16, block 0),
 * e(row i, block 1), e(row i + 16, block 1). Int i of code line s: four nibbles of row i, columns 4s to 4s + 3, then four
 * of row i + 16. 17 lines for 2048 weights: the bytes of the file.
 */
final class Mxfp4Tiles extends TileFormat {

    private static final int LINES = 17;
    private static final int BLOCK_BYTES = 17; // e8m0; byte j: value j low, value j + 16 high
    private static final int LOW_NIBBLES = 0x0F0F0F0F;

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
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        for (int row = 0; row < GROUP_ROWS; row++) {
            int lane = row % LINE_INTS;
            int half = row / LINE_INTS;
            for (int block = 0; block < columns / Activations.BLOCK; block++) {
                long from = row * rowBytes + (long) block * BLOCK_BYTES;
                int unit = block / 2;
                int second = block % 2;
                long scale = lineAt(unit, 0, group, groups) + 4L * lane + half + 2L * second;
                tile.set(ValueLayout.JAVA_BYTE, scale, rows.get(ValueLayout.JAVA_BYTE, from));
                for (int s = 0; s < 4; s++) {
                    int codes = rows.get(LittleEndian.INT, from + 1 + 4L * s);
                    int line = 1 + 8 * second + s;
                    long at = 4L * lane + 2L * half;
                    tile.set(LittleEndian.SHORT, lineAt(unit, line, group, groups) + at, (short)
                            Integer.compress(codes, LOW_NIBBLES));
                    tile.set(LittleEndian.SHORT, lineAt(unit, line + 4, group, groups) + at, (short)
                            Integer.compress(codes, ~LOW_NIBBLES));
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
                int exponents = unit.get(LittleEndian.INT, lineAt(0, 0, group, groups) + 4L * lane);
                scratch.scales[row] = scale(exponents);
                scratch.scales[row + LINE_INTS] = scale(exponents >>> 8);
                scratch.scales[rows + row] = scale(exponents >>> 16);
                scratch.scales[rows + row + LINE_INTS] = scale(exponents >>> 24);
                for (int s = 0; s < 16; s++) {
                    int codes = unit.get(LittleEndian.INT, lineAt(0, 1 + s, group, groups) + 4L * lane);
                    for (int c = 4 * s; c < 4 * s + 4; c++) {
                        scratch.panel[c * Scratch.PANEL_STRIDE + row] = FP4[codes & 15];
                        scratch.panel[c * Scratch.PANEL_STRIDE + row + LINE_INTS] = FP4[codes >>> 16 & 15];
                        codes >>>= 4;
                    }
                }
            }
        }
    }

    /** 2^(e - 127), for e = 0 the subnormal 2^-127. */
    private static float scale(int e) {
        return Float.intBitsToFloat(Math.max((e & 0xFF) << 23, 1 << 22));
    }
}
