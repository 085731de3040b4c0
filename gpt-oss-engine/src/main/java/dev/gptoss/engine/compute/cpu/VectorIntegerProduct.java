package dev.gptoss.engine.compute.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Decoded MXFP4 codes times many integer rows in 16-bit lanes: a product and a sum are two instructions for twice the lanes
 * of F32, and they run on different ports. Input rows are copied side by side as in {@link VectorPanelProduct}.
 */
final class VectorIntegerProduct implements PanelProduct {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final int UNIT = Activations.UNIT;
    private static final int STRIDE = Scratch.PANEL_STRIDE;
    private static final int STEPS = UNIT / Activations.GROUP;

    VectorIntegerProduct() {}

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
        assert sumColumns == Activations.BLOCK && !hasMinima;
        int rows = groups * TileFormat.GROUP_ROWS;
        int done = 0;
        while (done < count) {
            int left = count - done;
            int together = left >= 7 ? 8 : left >= 3 ? 4 : 2;
            for (int i = 0; i < together; i++) {
                copy(scratch, x, source[from + done + Math.min(i, left - 1)], column, i);
            }
            for (int group = 0; group < groups; group++) {
                int row = group * TileFormat.GROUP_ROWS;
                for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                    int to = done * rows + row + lane;
                    switch (together) {
                        case 8 -> add8(scratch, rows, row, lane, to);
                        case 4 -> add4(scratch, rows, row, lane, to);
                        default -> add2(scratch, rows, row, lane, to);
                    }
                }
            }
            done += together;
        }
    }

    private static void copy(Scratch scratch, Activations x, int row, int column, int to) {
        int at = row * x.stride() + column;
        System.arraycopy(x.integers(), at, scratch.integers, to * UNIT, UNIT);
        System.arraycopy(x.halfSteps(), at / Activations.GROUP, scratch.halfSteps, to * STEPS, STEPS);
    }

    // Each of these multiplies 2 x WIDTH weight rows, those of the lines' ints from lane on of the group at row, with
    // the
    // copied input rows, and adds the products from results[to] on.

    private static void add8(Scratch scratch, int rows, int row, int lane, int to) {
        short[] codes = scratch.codes;
        int[] integers = scratch.integers;
        float[] halfSteps = scratch.halfSteps;
        float[] results = scratch.results;
        int first = row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0, l6 = l0, l7 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0, h4 = l0, h5 = l0, h6 = l0, h7 = l0;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector a0 = ShortVector.zero(S), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector w = ShortVector.fromArray(S, codes, c * STRIDE + first);
                    a0 = a0.add(w.mul(IntVector.broadcast(I, integers[c]).reinterpretAsShorts()));
                    a1 = a1.add(w.mul(IntVector.broadcast(I, integers[c + UNIT]).reinterpretAsShorts()));
                    a2 = a2.add(
                            w.mul(IntVector.broadcast(I, integers[c + 2 * UNIT]).reinterpretAsShorts()));
                    a3 = a3.add(
                            w.mul(IntVector.broadcast(I, integers[c + 3 * UNIT]).reinterpretAsShorts()));
                    a4 = a4.add(
                            w.mul(IntVector.broadcast(I, integers[c + 4 * UNIT]).reinterpretAsShorts()));
                    a5 = a5.add(
                            w.mul(IntVector.broadcast(I, integers[c + 5 * UNIT]).reinterpretAsShorts()));
                    a6 = a6.add(
                            w.mul(IntVector.broadcast(I, integers[c + 6 * UNIT]).reinterpretAsShorts()));
                    a7 = a7.add(
                            w.mul(IntVector.broadcast(I, integers[c + 7 * UNIT]).reinterpretAsShorts()));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[group]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                step = FloatVector.broadcast(F, halfSteps[group + 4]);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
                step = FloatVector.broadcast(F, halfSteps[group + 8]);
                sum = a2.reinterpretAsInts();
                l2 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l2);
                h2 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h2);
                step = FloatVector.broadcast(F, halfSteps[group + 12]);
                sum = a3.reinterpretAsInts();
                l3 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l3);
                h3 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h3);
                step = FloatVector.broadcast(F, halfSteps[group + 16]);
                sum = a4.reinterpretAsInts();
                l4 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l4);
                h4 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h4);
                step = FloatVector.broadcast(F, halfSteps[group + 20]);
                sum = a5.reinterpretAsInts();
                l5 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l5);
                h5 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h5);
                step = FloatVector.broadcast(F, halfSteps[group + 24]);
                sum = a6.reinterpretAsInts();
                l6 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l6);
                h6 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h6);
                step = FloatVector.broadcast(F, halfSteps[group + 28]);
                sum = a7.reinterpretAsInts();
                l7 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l7);
                h7 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h7);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            l2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            l3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            l4.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows)).intoArray(results, to + 4 * rows);
            l5.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows)).intoArray(results, to + 5 * rows);
            l6.fma(scale, FloatVector.fromArray(F, results, to + 6 * rows)).intoArray(results, to + 6 * rows);
            l7.fma(scale, FloatVector.fromArray(F, results, to + 7 * rows)).intoArray(results, to + 7 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            h2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16)).intoArray(results, to + 2 * rows + 16);
            h3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16)).intoArray(results, to + 3 * rows + 16);
            h4.fma(scale, FloatVector.fromArray(F, results, to + 4 * rows + 16)).intoArray(results, to + 4 * rows + 16);
            h5.fma(scale, FloatVector.fromArray(F, results, to + 5 * rows + 16)).intoArray(results, to + 5 * rows + 16);
            h6.fma(scale, FloatVector.fromArray(F, results, to + 6 * rows + 16)).intoArray(results, to + 6 * rows + 16);
            h7.fma(scale, FloatVector.fromArray(F, results, to + 7 * rows + 16)).intoArray(results, to + 7 * rows + 16);
        }
    }

    private static void add4(Scratch scratch, int rows, int row, int lane, int to) {
        short[] codes = scratch.codes;
        int[] integers = scratch.integers;
        float[] halfSteps = scratch.halfSteps;
        float[] results = scratch.results;
        int first = row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector a0 = ShortVector.zero(S), a1 = a0, a2 = a0, a3 = a0;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector w = ShortVector.fromArray(S, codes, c * STRIDE + first);
                    a0 = a0.add(w.mul(IntVector.broadcast(I, integers[c]).reinterpretAsShorts()));
                    a1 = a1.add(w.mul(IntVector.broadcast(I, integers[c + UNIT]).reinterpretAsShorts()));
                    a2 = a2.add(
                            w.mul(IntVector.broadcast(I, integers[c + 2 * UNIT]).reinterpretAsShorts()));
                    a3 = a3.add(
                            w.mul(IntVector.broadcast(I, integers[c + 3 * UNIT]).reinterpretAsShorts()));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[group]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                step = FloatVector.broadcast(F, halfSteps[group + 4]);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
                step = FloatVector.broadcast(F, halfSteps[group + 8]);
                sum = a2.reinterpretAsInts();
                l2 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l2);
                h2 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h2);
                step = FloatVector.broadcast(F, halfSteps[group + 12]);
                sum = a3.reinterpretAsInts();
                l3 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l3);
                h3 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h3);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            l2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            l3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            h2.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16)).intoArray(results, to + 2 * rows + 16);
            h3.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16)).intoArray(results, to + 3 * rows + 16);
        }
    }

    private static void add2(Scratch scratch, int rows, int row, int lane, int to) {
        short[] codes = scratch.codes;
        int[] integers = scratch.integers;
        float[] halfSteps = scratch.halfSteps;
        float[] results = scratch.results;
        int first = row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0;
            FloatVector h0 = l0, h1 = l0;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector a0 = ShortVector.zero(S), a1 = a0;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector w = ShortVector.fromArray(S, codes, c * STRIDE + first);
                    a0 = a0.add(w.mul(IntVector.broadcast(I, integers[c]).reinterpretAsShorts()));
                    a1 = a1.add(w.mul(IntVector.broadcast(I, integers[c + UNIT]).reinterpretAsShorts()));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[group]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                step = FloatVector.broadcast(F, halfSteps[group + 4]);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l1.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h1.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
        }
    }
}
