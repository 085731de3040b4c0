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
 * Decoded MXFP4 codes times many integer rows in 16-bit lanes: a product and a sum cost two instructions for twice the
 * lanes of F32, and may run on more ports than a fused multiply-add.
 */
final class VectorIntegerProduct implements PanelProduct {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();

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
        int stride = x.stride();
        for (int group = 0; group < groups; group++) {
            int row = group * TileFormat.GROUP_ROWS;
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                int i = 0;
                for (; i + 3 <= count; i += 4) {
                    int at = from + i;
                    add4(
                            scratch,
                            rows,
                            row,
                            lane,
                            x,
                            i * rows + row + lane,
                            source[at] * stride + column,
                            source[at + 1] * stride + column,
                            source[at + 2] * stride + column,
                            source[at + (i + 4 <= count ? 3 : 2)] * stride + column);
                }
                for (; i < count; i++) {
                    int to = i * rows + row + lane;
                    add1(scratch, rows, row, lane, x, to, source[from + i] * stride + column);
                }
            }
        }
    }

    /** 4 input rows and the lines' ints from {@code lane} on of a group that begins at {@code row}. */
    private static void add4(
            Scratch scratch, int rows, int row, int lane, Activations x, int to, int x0, int x1, int x2, int x3) {
        short[] codes = scratch.codes;
        int[] integers = x.integers();
        float[] halfSteps = x.halfSteps();
        float[] results = scratch.results;
        for (int block = 0, p = row + 2 * lane; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F), l1 = l0, l2 = l0, l3 = l0;
            FloatVector h0 = l0, h1 = l0, h2 = l0, h3 = l0;
            for (int group = 0; group < 2; group++) {
                int column = Activations.BLOCK * block + Activations.GROUP * group;
                ShortVector a0 = ShortVector.zero(S), a1 = a0, a2 = a0, a3 = a0;
                int c = column;
                for (int end = p + Activations.GROUP * rows; p != end; p += rows, c++) {
                    ShortVector w = ShortVector.fromArray(S, codes, p);
                    a0 = a0.add(w.mul(IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts()));
                    a1 = a1.add(w.mul(IntVector.broadcast(I, integers[x1 + c]).reinterpretAsShorts()));
                    a2 = a2.add(w.mul(IntVector.broadcast(I, integers[x2 + c]).reinterpretAsShorts()));
                    a3 = a3.add(w.mul(IntVector.broadcast(I, integers[x3 + c]).reinterpretAsShorts()));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[(x0 + column) / Activations.GROUP]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                step = FloatVector.broadcast(F, halfSteps[(x1 + column) / Activations.GROUP]);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
                step = FloatVector.broadcast(F, halfSteps[(x2 + column) / Activations.GROUP]);
                sum = a2.reinterpretAsInts();
                l2 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l2);
                h2 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h2);
                step = FloatVector.broadcast(F, halfSteps[(x3 + column) / Activations.GROUP]);
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

    /** 1 input row and the lines' ints from {@code lane} on of a group that begins at {@code row}. */
    private static void add1(Scratch scratch, int rows, int row, int lane, Activations x, int to, int x0) {
        short[] codes = scratch.codes;
        int[] integers = x.integers();
        float[] halfSteps = x.halfSteps();
        float[] results = scratch.results;
        for (int block = 0, p = row + 2 * lane; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F);
            FloatVector h0 = l0;
            for (int group = 0; group < 2; group++) {
                int column = Activations.BLOCK * block + Activations.GROUP * group;
                ShortVector a0 = ShortVector.zero(S);
                int c = column;
                for (int end = p + Activations.GROUP * rows; p != end; p += rows, c++) {
                    ShortVector w = ShortVector.fromArray(S, codes, p);
                    a0 = a0.add(w.mul(IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts()));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[(x0 + column) / Activations.GROUP]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
            }
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            scale = FloatVector.fromArray(F, scratch.scales, block * rows + row + lane + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
        }
    }
}
