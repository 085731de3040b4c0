package dev.gptoss.engine.compute.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A decoded unit times many F32 rows, six at a time: twelve sums are enough to hide the latency of a fused multiply-add
 * and leave registers for weights and a broadcast. Fewer rows go through narrower forms, the last one perhaps twice, once
 * for nothing.
 */
final class VectorPanelProduct implements PanelProduct {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();

    VectorPanelProduct() {}

    @Override
    public void add(
            Scratch scratch,
            int groups,
            int sumColumns,
            boolean hasMinima,
            Activations x,
            int column,
            int[] source,
            int from,
            int count) {
        int rows = groups * TileFormat.GROUP_ROWS;
        int stride = x.stride();
        for (int group = 0; group < groups; group++) {
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                int row = group * TileFormat.GROUP_ROWS + lane;
                int i = 0;
                for (; i + 5 <= count; i += 6) {
                    int at = from + i;
                    add6(
                            scratch,
                            rows,
                            row,
                            sumColumns,
                            hasMinima,
                            x,
                            i * rows + row,
                            source[at] * stride + column,
                            source[at + 1] * stride + column,
                            source[at + 2] * stride + column,
                            source[at + 3] * stride + column,
                            source[at + 4] * stride + column,
                            source[at + (i + 6 <= count ? 5 : 4)] * stride + column);
                }
                if (i + 3 <= count) {
                    int at = from + i;
                    add4(
                            scratch,
                            rows,
                            row,
                            sumColumns,
                            hasMinima,
                            x,
                            i * rows + row,
                            source[at] * stride + column,
                            source[at + 1] * stride + column,
                            source[at + 2] * stride + column,
                            source[at + (i + 4 <= count ? 3 : 2)] * stride + column);
                    i += 4;
                }
                if (i < count) {
                    int at = from + i;
                    add2(
                            scratch,
                            rows,
                            row,
                            sumColumns,
                            hasMinima,
                            x,
                            i * rows + row,
                            source[at] * stride + column,
                            source[at + (i + 2 <= count ? 1 : 0)] * stride + column);
                }
            }
        }
    }

    /** 6 input rows at columns x0, x1, ... and 2 x WIDTH weight rows from {@code row} and {@code row + 16} on. */
    private static void add6(
            Scratch scratch,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            Activations x,
            int to,
            int x0,
            int x1,
            int x2,
            int x3,
            int x4,
            int x5) {
        float[] panel = scratch.panel;
        float[] values = x.values();
        for (int column = 0, part = row; column < Activations.UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0, h4 = l0, h5 = l0;
            int c = column;
            for (int p = column * rows + row, end = p + sumColumns * rows; p != end; p += rows, c++) {
                FloatVector low = FloatVector.fromArray(F, panel, p);
                FloatVector high = FloatVector.fromArray(F, panel, p + 16);
                FloatVector b = FloatVector.broadcast(F, values[x0 + c]);
                l0 = low.fma(b, l0);
                h0 = high.fma(b, h0);
                b = FloatVector.broadcast(F, values[x1 + c]);
                l1 = low.fma(b, l1);
                h1 = high.fma(b, h1);
                b = FloatVector.broadcast(F, values[x2 + c]);
                l2 = low.fma(b, l2);
                h2 = high.fma(b, h2);
                b = FloatVector.broadcast(F, values[x3 + c]);
                l3 = low.fma(b, l3);
                h3 = high.fma(b, h3);
                b = FloatVector.broadcast(F, values[x4 + c]);
                l4 = low.fma(b, l4);
                h4 = high.fma(b, h4);
                b = FloatVector.broadcast(F, values[x5 + c]);
                l5 = low.fma(b, l5);
                h5 = high.fma(b, h5);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            float[] results = scratch.results;
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            l2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            l3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            l4.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows)).intoArray(results, to + 4 * rows);
            l5.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows)).intoArray(results, to + 5 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            h2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16)).intoArray(results, to + 2 * rows + 16);
            h3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16)).intoArray(results, to + 3 * rows + 16);
            h4.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows + 16)).intoArray(results, to + 4 * rows + 16);
            h5.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows + 16)).intoArray(results, to + 5 * rows + 16);
            if (hasMinima && (column + sumColumns) % Activations.BLOCK == 0) {
                addMinima(scratch, rows, row, column, x, x0, to);
                addMinima(scratch, rows, row, column, x, x1, to + rows);
                addMinima(scratch, rows, row, column, x, x2, to + 2 * rows);
                addMinima(scratch, rows, row, column, x, x3, to + 3 * rows);
                addMinima(scratch, rows, row, column, x, x4, to + 4 * rows);
                addMinima(scratch, rows, row, column, x, x5, to + 5 * rows);
            }
        }
    }

    /** 4 input rows at columns x0, x1, ... and 2 x WIDTH weight rows from {@code row} and {@code row + 16} on. */
    private static void add4(
            Scratch scratch,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            Activations x,
            int to,
            int x0,
            int x1,
            int x2,
            int x3) {
        float[] panel = scratch.panel;
        float[] values = x.values();
        for (int column = 0, part = row; column < Activations.UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0;
            int c = column;
            for (int p = column * rows + row, end = p + sumColumns * rows; p != end; p += rows, c++) {
                FloatVector low = FloatVector.fromArray(F, panel, p);
                FloatVector high = FloatVector.fromArray(F, panel, p + 16);
                FloatVector b = FloatVector.broadcast(F, values[x0 + c]);
                l0 = low.fma(b, l0);
                h0 = high.fma(b, h0);
                b = FloatVector.broadcast(F, values[x1 + c]);
                l1 = low.fma(b, l1);
                h1 = high.fma(b, h1);
                b = FloatVector.broadcast(F, values[x2 + c]);
                l2 = low.fma(b, l2);
                h2 = high.fma(b, h2);
                b = FloatVector.broadcast(F, values[x3 + c]);
                l3 = low.fma(b, l3);
                h3 = high.fma(b, h3);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            float[] results = scratch.results;
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            l2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            l3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            h2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16)).intoArray(results, to + 2 * rows + 16);
            h3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16)).intoArray(results, to + 3 * rows + 16);
            if (hasMinima && (column + sumColumns) % Activations.BLOCK == 0) {
                addMinima(scratch, rows, row, column, x, x0, to);
                addMinima(scratch, rows, row, column, x, x1, to + rows);
                addMinima(scratch, rows, row, column, x, x2, to + 2 * rows);
                addMinima(scratch, rows, row, column, x, x3, to + 3 * rows);
            }
        }
    }

    /** 2 input rows at columns x0, x1, ... and 2 x WIDTH weight rows from {@code row} and {@code row + 16} on. */
    private static void add2(
            Scratch scratch,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            Activations x,
            int to,
            int x0,
            int x1) {
        float[] panel = scratch.panel;
        float[] values = x.values();
        for (int column = 0, part = row; column < Activations.UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0;
            FloatVector h0 = l0, h1 = l0;
            int c = column;
            for (int p = column * rows + row, end = p + sumColumns * rows; p != end; p += rows, c++) {
                FloatVector low = FloatVector.fromArray(F, panel, p);
                FloatVector high = FloatVector.fromArray(F, panel, p + 16);
                FloatVector b = FloatVector.broadcast(F, values[x0 + c]);
                l0 = low.fma(b, l0);
                h0 = high.fma(b, h0);
                b = FloatVector.broadcast(F, values[x1 + c]);
                l1 = low.fma(b, l1);
                h1 = high.fma(b, h1);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            float[] results = scratch.results;
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            if (hasMinima && (column + sumColumns) % Activations.BLOCK == 0) {
                addMinima(scratch, rows, row, column, x, x0, to);
                addMinima(scratch, rows, row, column, x, x1, to + rows);
            }
        }
    }

    private static void addMinima(Scratch scratch, int rows, int row, int column, Activations x, int at, int to) {
        float[] results = scratch.results;
        int m = column / Activations.BLOCK * rows + row;
        FloatVector sum = FloatVector.broadcast(F, x.sums()[(at + column) / Activations.BLOCK]);
        FloatVector low = FloatVector.fromArray(F, scratch.minima, m);
        FloatVector high = FloatVector.fromArray(F, scratch.minima, m + 16);
        low.fma(sum, FloatVector.fromArray(F, results, to)).intoArray(results, to);
        high.fma(sum, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
    }
}
