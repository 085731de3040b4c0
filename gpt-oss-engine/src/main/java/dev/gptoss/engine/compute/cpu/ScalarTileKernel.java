package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The plain form of every kernel, and the definition of its sums: a unit is decoded once, then passed over by each input
 * row. Loops over weight rows are innermost, so that the compiler may use vectors.
 */
final class ScalarTileKernel implements TileKernel {

    private final TileFormat format;
    private final boolean quantised;
    private final int sumColumns;

    /**
     * @param quantised whether the integers of the input rows are used; sums of a block are whole numbers below 2^24, halved,
     *     exact in F32
     */
    ScalarTileKernel(TileFormat format, boolean quantised) {
        this.format = format;
        this.quantised = quantised;
        sumColumns = format.sumColumns();
    }

    @Override
    public void multiply(
            MemorySegment data,
            long tile,
            int groups,
            int units,
            Activations x,
            int[] source,
            int from,
            int count,
            Scratch scratch) {
        int rows = groups * TileFormat.GROUP_ROWS;
        long unitBytes = format.unitBytes(groups);
        Arrays.fill(scratch.results, 0, count * rows, 0);
        for (int unit = 0; unit < units; unit++) {
            format.decode(data.asSlice(tile + unit * unitBytes, unitBytes), groups, scratch);
            for (int i = 0; i < count; i++) {
                int at = source[from + i] * x.stride() + unit * Activations.UNIT;
                for (int column = 0; column < Activations.UNIT; column += sumColumns) {
                    Arrays.fill(scratch.partial, 0, rows, 0);
                    if (quantised) {
                        sumIntegers(scratch, column, rows, x, at + column);
                    } else {
                        sum(scratch, column, rows, x, at + column);
                    }
                    addScaled(scratch, column, rows, x, at + column, i * rows);
                }
            }
        }
    }

    private void sum(Scratch scratch, int column, int rows, Activations x, int at) {
        float[] partial = scratch.partial;
        float[] panel = scratch.panel;
        for (int c = 0; c < sumColumns; c++) {
            float value = x.values()[at + c];
            int w = (column + c) * Scratch.PANEL_STRIDE;
            for (int r = 0; r < rows; r++) {
                partial[r] = Math.fma(panel[w + r], value, partial[r]);
            }
        }
    }

    /** Whole numbers times 2^17, as steps want them; then times the step. */
    private void sumIntegers(Scratch scratch, int column, int rows, Activations x, int at) {
        float[] partial = scratch.partial;
        float[] panel = scratch.panel;
        for (int c = 0; c < sumColumns; c++) {
            float value = 0x1p17f * (short) x.integers()[at + c];
            int w = (column + c) * Scratch.PANEL_STRIDE;
            for (int r = 0; r < rows; r++) {
                partial[r] = Math.fma(panel[w + r], value, partial[r]);
            }
        }
        float step = x.steps()[at / Activations.BLOCK];
        for (int r = 0; r < rows; r++) {
            partial[r] *= step;
        }
    }

    private void addScaled(Scratch scratch, int column, int rows, Activations x, int at, int to) {
        float[] partial = scratch.partial;
        float[] scales = scratch.scales;
        float[] results = scratch.results;
        int s = column / sumColumns * rows;
        for (int r = 0; r < rows; r++) {
            results[to + r] = Math.fma(partial[r], scales[s + r], results[to + r]);
        }
        if (format.hasMinima() && (column + sumColumns) % Activations.BLOCK == 0) {
            float sum = x.sums()[at / Activations.BLOCK];
            float[] minima = scratch.minima;
            int m = column / Activations.BLOCK * rows;
            for (int r = 0; r < rows; r++) {
                results[to + r] = Math.fma(minima[m + r], sum, results[to + r]);
            }
        }
    }
}
