package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
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
 * of F32, and they run on different ports. Four input rows share each load of codes; one or two left go alone. Indices
 * are linear in one counter, so that range checks leave the loop: rows copied side by side took a fifth longer.
 */
final class VectorIntegerProduct implements PanelProduct {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final int WIDTH = I.length();
    private static final int STRIDE = Scratch.PANEL_STRIDE;
    private static final int TOGETHER = 4;

    /** A row alone takes 1.5 times its share of four: two are cheaper alone, of three the last goes twice (Zen 4, JDK 25). */
    private static final int MOST_ALONE = 2;

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
        int[] at = scratch.inputs;
        int done = 0;
        for (; count - done > MOST_ALONE; done += TOGETHER) {
            for (int i = 0; i < TOGETHER; i++) {
                at[i] = source[from + Math.min(done + i, count - 1)] * x.stride() + column;
            }
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                int row = 0;
                for (; row + 64 <= rows; row += 64) {
                    addPair(scratch, x, rows, row, lane, done * rows + row + lane, at[0], at[1], at[2], at[3]);
                }
                if (row < rows) {
                    addGroup(scratch, x, rows, row, lane, done * rows + row + lane, at[0], at[1], at[2], at[3]);
                }
            }
        }
        for (; done < count; done++) {
            int input = source[from + done] * x.stride() + column;
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                for (int row = 0; row < rows; row += 64) {
                    addOne(scratch, x, rows, row, lane, done * rows + row + lane, input);
                }
            }
        }
    }

    /**
     * Multiplies the weight rows of the lines' ints from {@code lane} on of the group at {@code row} and of the next with
     * the input rows that begin at x0 to x3, and adds the products from {@code results[to]} on.
     */
    private static void addPair(
            Scratch scratch, Activations x, int rows, int row, int lane, int to, int x0, int x1, int x2, int x3) {
        int[] integers = x.integers();
        float[] halfSteps = x.halfSteps();
        float[] results = scratch.results;
        int first = scratch.codes + row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector l00 = zero, l01 = zero, l02 = zero, l03 = zero;
            FloatVector h00 = zero, h01 = zero, h02 = zero, h03 = zero;
            FloatVector l10 = zero, l11 = zero, l12 = zero, l13 = zero;
            FloatVector h10 = zero, h11 = zero, h12 = zero, h13 = zero;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector none = ShortVector.zero(S);
                ShortVector a00 = none, a01 = none, a02 = none, a03 = none;
                ShortVector a10 = none, a11 = none, a12 = none, a13 = none;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector w0 =
                            ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first), LITTLE_ENDIAN);
                    ShortVector w1 = ShortVector.fromMemorySegment(
                            S, PanelCodes.ALL, 2L * (c * STRIDE + first + 32), LITTLE_ENDIAN);
                    ShortVector b = IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts();
                    a00 = a00.add(w0.mul(b));
                    a10 = a10.add(w1.mul(b));
                    b = IntVector.broadcast(I, integers[x1 + c]).reinterpretAsShorts();
                    a01 = a01.add(w0.mul(b));
                    a11 = a11.add(w1.mul(b));
                    b = IntVector.broadcast(I, integers[x2 + c]).reinterpretAsShorts();
                    a02 = a02.add(w0.mul(b));
                    a12 = a12.add(w1.mul(b));
                    b = IntVector.broadcast(I, integers[x3 + c]).reinterpretAsShorts();
                    a03 = a03.add(w0.mul(b));
                    a13 = a13.add(w1.mul(b));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[x0 / Activations.GROUP + group]);
                IntVector sum = a00.reinterpretAsInts();
                l00 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l00);
                h00 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h00);
                sum = a10.reinterpretAsInts();
                l10 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l10);
                h10 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h10);
                step = FloatVector.broadcast(F, halfSteps[x1 / Activations.GROUP + group]);
                sum = a01.reinterpretAsInts();
                l01 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l01);
                h01 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h01);
                sum = a11.reinterpretAsInts();
                l11 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l11);
                h11 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h11);
                step = FloatVector.broadcast(F, halfSteps[x2 / Activations.GROUP + group]);
                sum = a02.reinterpretAsInts();
                l02 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l02);
                h02 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h02);
                sum = a12.reinterpretAsInts();
                l12 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l12);
                h12 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h12);
                step = FloatVector.broadcast(F, halfSteps[x3 / Activations.GROUP + group]);
                sum = a03.reinterpretAsInts();
                l03 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l03);
                h03 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h03);
                sum = a13.reinterpretAsInts();
                l13 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l13);
                h13 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h13);
            }
            int part = block * rows + row + lane;
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            l00.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            l01.fma(scale, FloatVector.fromArray(F, results, to + rows)).intoArray(results, to + rows);
            l02.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows)).intoArray(results, to + 2 * rows);
            l03.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows)).intoArray(results, to + 3 * rows);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h00.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            h01.fma(scale, FloatVector.fromArray(F, results, to + rows + 16)).intoArray(results, to + rows + 16);
            h02.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 16))
                    .intoArray(results, to + 2 * rows + 16);
            h03.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 16))
                    .intoArray(results, to + 3 * rows + 16);
            scale = FloatVector.fromArray(F, scratch.scales, part + 32);
            l10.fma(scale, FloatVector.fromArray(F, results, to + 32)).intoArray(results, to + 32);
            l11.fma(scale, FloatVector.fromArray(F, results, to + rows + 32)).intoArray(results, to + rows + 32);
            l12.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 32))
                    .intoArray(results, to + 2 * rows + 32);
            l13.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 32))
                    .intoArray(results, to + 3 * rows + 32);
            scale = FloatVector.fromArray(F, scratch.scales, part + 48);
            h10.fma(scale, FloatVector.fromArray(F, results, to + 48)).intoArray(results, to + 48);
            h11.fma(scale, FloatVector.fromArray(F, results, to + rows + 48)).intoArray(results, to + rows + 48);
            h12.fma(scale, FloatVector.fromArray(F, results, to + 2 * rows + 48))
                    .intoArray(results, to + 2 * rows + 48);
            h13.fma(scale, FloatVector.fromArray(F, results, to + 3 * rows + 48))
                    .intoArray(results, to + 3 * rows + 48);
        }
    }

    /** As {@link #addPair}, of one group. */
    private static void addGroup(
            Scratch scratch, Activations x, int rows, int row, int lane, int to, int x0, int x1, int x2, int x3) {
        int[] integers = x.integers();
        float[] halfSteps = x.halfSteps();
        float[] results = scratch.results;
        int first = scratch.codes + row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector l0 = zero, l1 = zero, l2 = zero, l3 = zero;
            FloatVector h0 = zero, h1 = zero, h2 = zero, h3 = zero;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector none = ShortVector.zero(S);
                ShortVector a0 = none, a1 = none, a2 = none, a3 = none;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector w0 =
                            ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first), LITTLE_ENDIAN);
                    ShortVector b = IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts();
                    a0 = a0.add(w0.mul(b));
                    b = IntVector.broadcast(I, integers[x1 + c]).reinterpretAsShorts();
                    a1 = a1.add(w0.mul(b));
                    b = IntVector.broadcast(I, integers[x2 + c]).reinterpretAsShorts();
                    a2 = a2.add(w0.mul(b));
                    b = IntVector.broadcast(I, integers[x3 + c]).reinterpretAsShorts();
                    a3 = a3.add(w0.mul(b));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[x0 / Activations.GROUP + group]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                step = FloatVector.broadcast(F, halfSteps[x1 / Activations.GROUP + group]);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
                step = FloatVector.broadcast(F, halfSteps[x2 / Activations.GROUP + group]);
                sum = a2.reinterpretAsInts();
                l2 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l2);
                h2 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h2);
                step = FloatVector.broadcast(F, halfSteps[x3 / Activations.GROUP + group]);
                sum = a3.reinterpretAsInts();
                l3 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l3);
                h3 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h3);
            }
            int part = block * rows + row + lane;
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
        }
    }

    /** As {@link #addPair}, of one input row. A group that the tile lacks is computed for nobody. */
    private static void addOne(Scratch scratch, Activations x, int rows, int row, int lane, int to, int x0) {
        int[] integers = x.integers();
        float[] halfSteps = x.halfSteps();
        float[] results = scratch.results;
        int first = scratch.codes + row + 2 * lane;
        for (int block = 0; block < 2; block++) {
            FloatVector l0 = FloatVector.zero(F), h0 = l0, l1 = l0, h1 = l0;
            for (int group = 2 * block; group < 2 * block + 2; group++) {
                ShortVector a0 = ShortVector.zero(S), a1 = a0;
                int begin = group * Activations.GROUP;
                for (int c = begin; c < begin + Activations.GROUP; c++) {
                    ShortVector b = IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts();
                    a0 = a0.add(
                            ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first), LITTLE_ENDIAN)
                                    .mul(b));
                    a1 = a1.add(ShortVector.fromMemorySegment(
                                    S, PanelCodes.ALL, 2L * (c * STRIDE + first + 32), LITTLE_ENDIAN)
                            .mul(b));
                }
                FloatVector step = FloatVector.broadcast(F, halfSteps[x0 / Activations.GROUP + group]);
                IntVector sum = a0.reinterpretAsInts();
                l0 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l0);
                h0 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h0);
                sum = a1.reinterpretAsInts();
                l1 = ((FloatVector) sum.lanewise(LSHL, 16).lanewise(ASHR, 16).convert(I2F, 0)).fma(step, l1);
                h1 = ((FloatVector) sum.lanewise(ASHR, 16).convert(I2F, 0)).fma(step, h1);
            }
            int part = block * rows + row + lane;
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            l0.fma(scale, FloatVector.fromArray(F, results, to)).intoArray(results, to);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            h0.fma(scale, FloatVector.fromArray(F, results, to + 16)).intoArray(results, to + 16);
            if (row + 32 < rows) {
                scale = FloatVector.fromArray(F, scratch.scales, part + 32);
                l1.fma(scale, FloatVector.fromArray(F, results, to + 32)).intoArray(results, to + 32);
                scale = FloatVector.fromArray(F, scratch.scales, part + 48);
                h1.fma(scale, FloatVector.fromArray(F, results, to + 48)).intoArray(results, to + 48);
            }
        }
    }
}
