package dev.gptoss.engine.compute.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * A decoded unit times many F32 rows, six at a time: twelve sums hide the latency of a fused multiply-add and leave
 * registers for weights and a broadcast. Indices are linear in one counter, so that
 * all range checks leave the loop. Fewer rows go through narrower forms, the last one perhaps twice, once for nothing.
 */
final class VectorPanelProduct implements PanelProduct {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();
    private static final boolean IS_WIDEST = WIDTH == TileFormat.LINE_INTS;
    private static final int UNIT = Activations.UNIT;
    private static final int STRIDE = Scratch.PANEL_STRIDE;

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
        int[] at = scratch.inputs;
        int done = 0;
        while (done < count) {
            int left = count - done;
            int together = left >= 5 ? 6 : left >= 3 ? 4 : 2;
            for (int i = 0; i < together; i++) {
                at[i] = source[from + done + Math.min(i, left - 1)] * x.stride() + column;
                if (hasMinima) {
                    System.arraycopy(x.sums(), at[i] / Activations.BLOCK, scratch.sums, 2 * i, 2);
                }
            }
            int group = 0;
            if (together == 6 && IS_WIDEST && !hasMinima && sumColumns == Activations.BLOCK) {
                for (; group + 2 <= groups; group += 2) {
                    int row = group * TileFormat.GROUP_ROWS;
                    addPair6(
                            scratch,
                            x.values(),
                            rows,
                            row,
                            done * rows + row,
                            at[0],
                            at[1],
                            at[2],
                            at[3],
                            at[4],
                            at[5]);
                }
            }
            for (; group < groups; group++) {
                for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                    int row = group * TileFormat.GROUP_ROWS + lane;
                    int to = done * rows + row;
                    switch (together) {
                        case 6 ->
                            add6(
                                    scratch,
                                    x.values(),
                                    rows,
                                    row,
                                    sumColumns,
                                    hasMinima,
                                    to,
                                    at[0],
                                    at[1],
                                    at[2],
                                    at[3],
                                    at[4],
                                    at[5]);
                        case 4 ->
                            add4(scratch, x.values(), rows, row, sumColumns, hasMinima, to, at[0], at[1], at[2], at[3]);
                        default -> add2(scratch, x.values(), rows, row, sumColumns, hasMinima, to, at[0], at[1]);
                    }
                }
            }
            done += together;
        }
    }

    // Each of these multiplies 2 x WIDTH weight rows, those from row and those from row + 16 on, with the copied input
    // rows, and adds the products from results[to] on.

    private static void add6(
            Scratch scratch,
            float[] values,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            int to,
            int x0,
            int x1,
            int x2,
            int x3,
            int x4,
            int x5) {
        float[] panel = scratch.panel;
        float[] results = scratch.results;
        for (int column = 0, part = row; column < UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0, h4 = l0, h5 = l0;
            for (int c = column; c < column + sumColumns; c++) {
                FloatVector low = FloatVector.fromArray(F, panel, c * STRIDE + row);
                FloatVector high = FloatVector.fromArray(F, panel, c * STRIDE + row + 16);
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
                addMinima(scratch, rows, row, column / Activations.BLOCK, to, 6);
            }
        }
    }

    /** As add6, of the two groups at {@code row}: 24 sums, for which the widest species has the registers. */
    private static void addPair6(
            Scratch scratch,
            float[] values,
            int rows,
            int row,
            int to,
            int x0,
            int x1,
            int x2,
            int x3,
            int x4,
            int x5) {
        float[] panel = scratch.panel;
        float[] results = scratch.results;
        for (int column = 0, part = row; column < UNIT; column += Activations.BLOCK, part += rows) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector s00 = zero, s01 = zero, s02 = zero, s03 = zero, s04 = zero, s05 = zero;
            FloatVector s10 = zero, s11 = zero, s12 = zero, s13 = zero, s14 = zero, s15 = zero;
            FloatVector s20 = zero, s21 = zero, s22 = zero, s23 = zero, s24 = zero, s25 = zero;
            FloatVector s30 = zero, s31 = zero, s32 = zero, s33 = zero, s34 = zero, s35 = zero;
            for (int c = column; c < column + Activations.BLOCK; c++) {
                FloatVector w0 = FloatVector.fromArray(F, panel, c * STRIDE + row);
                FloatVector w1 = FloatVector.fromArray(F, panel, c * STRIDE + row + 16);
                FloatVector w2 = FloatVector.fromArray(F, panel, c * STRIDE + row + 32);
                FloatVector w3 = FloatVector.fromArray(F, panel, c * STRIDE + row + 48);
                FloatVector b = FloatVector.broadcast(F, values[x0 + c]);
                s00 = w0.fma(b, s00);
                s10 = w1.fma(b, s10);
                s20 = w2.fma(b, s20);
                s30 = w3.fma(b, s30);
                b = FloatVector.broadcast(F, values[x1 + c]);
                s01 = w0.fma(b, s01);
                s11 = w1.fma(b, s11);
                s21 = w2.fma(b, s21);
                s31 = w3.fma(b, s31);
                b = FloatVector.broadcast(F, values[x2 + c]);
                s02 = w0.fma(b, s02);
                s12 = w1.fma(b, s12);
                s22 = w2.fma(b, s22);
                s32 = w3.fma(b, s32);
                b = FloatVector.broadcast(F, values[x3 + c]);
                s03 = w0.fma(b, s03);
                s13 = w1.fma(b, s13);
                s23 = w2.fma(b, s23);
                s33 = w3.fma(b, s33);
                b = FloatVector.broadcast(F, values[x4 + c]);
                s04 = w0.fma(b, s04);
                s14 = w1.fma(b, s14);
                s24 = w2.fma(b, s24);
                s34 = w3.fma(b, s34);
                b = FloatVector.broadcast(F, values[x5 + c]);
                s05 = w0.fma(b, s05);
                s15 = w1.fma(b, s15);
                s25 = w2.fma(b, s25);
                s35 = w3.fma(b, s35);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            s00.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            s01.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            s02.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            s03.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            s04.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows)).intoArray(results, to + 4 * rows);
            s05.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows)).intoArray(results, to + 5 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            s10.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            s11.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            s12.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16))
                    .intoArray(results, to + 2 * rows + 16);
            s13.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16))
                    .intoArray(results, to + 3 * rows + 16);
            s14.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows + 16))
                    .intoArray(results, to + 4 * rows + 16);
            s15.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows + 16))
                    .intoArray(results, to + 5 * rows + 16);
            scale = FloatVector.fromArray(F, scratch.scales, part + 32);
            s20.fma(scale, FloatVector.fromArray(F, results, to + 32)).intoArray(results, to + 32);
            s21.fma(scale, FloatVector.fromArray(F, results, to + rows + 32)).intoArray(results, to + rows + 32);
            s22.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 32))
                    .intoArray(results, to + 2 * rows + 32);
            s23.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 32))
                    .intoArray(results, to + 3 * rows + 32);
            s24.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows + 32))
                    .intoArray(results, to + 4 * rows + 32);
            s25.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows + 32))
                    .intoArray(results, to + 5 * rows + 32);
            scale = FloatVector.fromArray(F, scratch.scales, part + 48);
            s30.fma(scale, FloatVector.fromArray(F, results, to + 48)).intoArray(results, to + 48);
            s31.fma(scale, FloatVector.fromArray(F, results, to + rows + 48)).intoArray(results, to + rows + 48);
            s32.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 48))
                    .intoArray(results, to + 2 * rows + 48);
            s33.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 48))
                    .intoArray(results, to + 3 * rows + 48);
            s34.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows + 48))
                    .intoArray(results, to + 4 * rows + 48);
            s35.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows + 48))
                    .intoArray(results, to + 5 * rows + 48);
        }
    }

    private static void add4(
            Scratch scratch,
            float[] values,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            int to,
            int x0,
            int x1,
            int x2,
            int x3) {
        float[] panel = scratch.panel;
        float[] results = scratch.results;
        for (int column = 0, part = row; column < UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0;
            for (int c = column; c < column + sumColumns; c++) {
                FloatVector low = FloatVector.fromArray(F, panel, c * STRIDE + row);
                FloatVector high = FloatVector.fromArray(F, panel, c * STRIDE + row + 16);
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
                addMinima(scratch, rows, row, column / Activations.BLOCK, to, 4);
            }
        }
    }

    private static void add2(
            Scratch scratch,
            float[] values,
            int rows,
            int row,
            int sumColumns,
            boolean hasMinima,
            int to,
            int x0,
            int x1) {
        float[] panel = scratch.panel;
        float[] results = scratch.results;
        for (int column = 0, part = row; column < UNIT; column += sumColumns, part += rows) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0;
            FloatVector h0 = l0, h1 = l0;
            for (int c = column; c < column + sumColumns; c++) {
                FloatVector low = FloatVector.fromArray(F, panel, c * STRIDE + row);
                FloatVector high = FloatVector.fromArray(F, panel, c * STRIDE + row + 16);
                FloatVector b = FloatVector.broadcast(F, values[x0 + c]);
                l0 = low.fma(b, l0);
                h0 = high.fma(b, h0);
                b = FloatVector.broadcast(F, values[x1 + c]);
                l1 = low.fma(b, l1);
                h1 = high.fma(b, h1);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            if (hasMinima && (column + sumColumns) % Activations.BLOCK == 0) {
                addMinima(scratch, rows, row, column / Activations.BLOCK, to, 2);
            }
        }
    }

    private static void addMinima(Scratch scratch, int rows, int row, int block, int to, int together) {
        float[] results = scratch.results;
        FloatVector low = FloatVector.fromArray(F, scratch.minima, block * rows + row);
        FloatVector high = FloatVector.fromArray(F, scratch.minima, block * rows + row + 16);
        for (int i = 0, at = to; i < together; i++, at += rows) {
            FloatVector sum = FloatVector.broadcast(F, scratch.sums[2 * i + block]);
            low.fma(sum, FloatVector.fromArray(F, results, at)).intoArray(results, at);
            high.fma(sum, FloatVector.fromArray(F, results, at + 16)).intoArray(results, at + 16);
        }
    }
}
