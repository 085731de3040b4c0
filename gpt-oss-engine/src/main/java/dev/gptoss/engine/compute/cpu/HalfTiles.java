package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** BF16 and F16: a line a column. Int i: the 16 bits of row i, then those of row i + 16. */
final class HalfTiles extends TileFormat {

    private final boolean brain;

    HalfTiles(TensorType type) {
        brain = type == TensorType.BF16;
    }

    /** Whether the halves are BF16. */
    boolean isBrain() {
        return brain;
    }

    @Override
    int lines() {
        return Activations.UNIT;
    }

    @Override
    int tileGroups() {
        return 2;
    }

    @Override
    void encode(MemorySegment rows, long rowBytes, int columns, MemorySegment tile, int group, int groups) {
        // Plain arrays between two bulk copies: a model is packed while this code is cold, where each access of a
        // segment costs a dozen calls. 103 MB right after the start take 0.13 s of CPU; they took 0.5 s.
        short[] halves = new short[GROUP_ROWS * columns];
        for (int row = 0; row < GROUP_ROWS; row++) {
            MemorySegment.copy(rows, LittleEndian.SHORT, row * rowBytes, halves, row * columns, columns);
        }
        int[] line = new int[LINE_INTS];
        for (int c = 0; c < columns; c++) {
            for (int lane = 0; lane < LINE_INTS; lane++) {
                int at = lane * columns + c;
                line[lane] = halves[at] & 0xFFFF | halves[at + LINE_INTS * columns] << 16;
            }
            long at = lineAt(c / Activations.UNIT, c % Activations.UNIT, group, groups);
            MemorySegment.copy(line, 0, tile, LittleEndian.INT, at, LINE_INTS);
        }
    }

    @Override
    void decode(MemorySegment unit, int groups, Scratch scratch) {
        int rows = groups * GROUP_ROWS;
        Arrays.fill(scratch.scales, 0, 2 * rows, 1);
        for (int c = 0; c < Activations.UNIT; c++) {
            for (int group = 0; group < groups; group++) {
                for (int lane = 0; lane < LINE_INTS; lane++) {
                    int pair = unit.get(LittleEndian.INT, lineAt(0, c, group, groups) + 4L * lane);
                    int at = c * Scratch.PANEL_STRIDE + group * GROUP_ROWS + lane;
                    scratch.panel[at] = value(pair);
                    scratch.panel[at + LINE_INTS] = value(pair >>> 16);
                }
            }
        }
    }

    private float value(int bits) {
        return brain ? Float.intBitsToFloat(bits << 16) : half(bits);
    }

    /** F16 of finite values: the exponent is rebased by a multiplication, which also makes subnormals right. */
    static float half(int bits) {
        float magnitude = Float.intBitsToFloat((bits & 0x7FFF) << 13) * 0x1p112f;
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | (bits & 0x8000) << 16);
    }
}
