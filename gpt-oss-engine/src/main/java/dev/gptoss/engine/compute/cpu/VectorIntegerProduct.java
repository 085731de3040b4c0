package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
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
    private static final IntVector HIGH = IntVector.broadcast(I, 0xFFFF0000);
    private static final int WIDTH = I.length();
    private static final int STRIDE = Scratch.PANEL_STRIDE;
    private static final int ROWS = 2 * TileFormat.GROUP_ROWS;
    private static final int TOGETHER = 4;

    /** Two are cheaper alone; of three the last goes twice. Seven rows go at 113 GFLOP/s so, at 109 with 3 (Zen 4, JDK 25). */
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
        assert groups == 2 && sumColumns == Activations.BLOCK && !hasMinima;
        int[] at = scratch.inputs;
        int done = 0;
        for (; count - done > MOST_ALONE; done += TOGETHER) {
            for (int i = 0; i < TOGETHER; i++) {
                at[i] = source[from + Math.min(done + i, count - 1)] * x.stride() + column;
            }
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                addFour(scratch, x, lane, done * ROWS + lane, at[0], at[1], at[2], at[3]);
            }
        }
        for (; done < count; done++) {
            int input = source[from + done] * x.stride() + column;
            for (int lane = 0; lane < TileFormat.LINE_INTS; lane += WIDTH) {
                addOne(scratch, x, lane, done * ROWS + lane, input);
            }
        }
    }

    /**
     * Multiplies the weight rows of the lines' ints from {@code lane} on of both groups with the input rows that begin at x0
     * to x3, and adds the products from {@code results[to]} on.
     */
    private static void addFour(Scratch scratch, Activations x, int lane, int to, int x0, int x1, int x2, int x3) {
        int[] integers = x.integers();
        float[] steps = x.steps();
        float[] results = scratch.results;
        int first = scratch.codes + 2 * lane;
        for (int block = 0; block < 2; block++) {
            ShortVector none = ShortVector.zero(S);
            ShortVector a00 = none, a01 = none, a02 = none, a03 = none;
            ShortVector a10 = none, a11 = none, a12 = none, a13 = none;
            int begin = block * Activations.BLOCK;
            for (int c = begin; c < begin + Activations.BLOCK; c++) {
                ShortVector w0 =
                        ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first), LITTLE_ENDIAN);
                ShortVector w1 =
                        ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first + 32), LITTLE_ENDIAN);
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
            FloatVector s0 = FloatVector.broadcast(F, steps[x0 / Activations.BLOCK + block]);
            FloatVector s1 = FloatVector.broadcast(F, steps[x1 / Activations.BLOCK + block]);
            FloatVector s2 = FloatVector.broadcast(F, steps[x2 / Activations.BLOCK + block]);
            FloatVector s3 = FloatVector.broadcast(F, steps[x3 / Activations.BLOCK + block]);
            int part = block * ROWS + lane;
            FloatVector scale = FloatVector.fromArray(F, scratch.scales, part);
            ((FloatVector) a00.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s0)
                    .fma(scale, FloatVector.fromArray(F, results, to))
                    .intoArray(results, to);
            ((FloatVector) a01.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s1)
                    .fma(scale, FloatVector.fromArray(F, results, to + ROWS))
                    .intoArray(results, to + ROWS);
            ((FloatVector) a02.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s2)
                    .fma(scale, FloatVector.fromArray(F, results, to + 2 * ROWS))
                    .intoArray(results, to + 2 * ROWS);
            ((FloatVector) a03.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s3)
                    .fma(scale, FloatVector.fromArray(F, results, to + 3 * ROWS))
                    .intoArray(results, to + 3 * ROWS);
            scale = FloatVector.fromArray(F, scratch.scales, part + 16);
            ((FloatVector) a00.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s0)
                    .fma(scale, FloatVector.fromArray(F, results, to + 16))
                    .intoArray(results, to + 16);
            ((FloatVector) a01.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s1)
                    .fma(scale, FloatVector.fromArray(F, results, to + ROWS + 16))
                    .intoArray(results, to + ROWS + 16);
            ((FloatVector) a02.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s2)
                    .fma(scale, FloatVector.fromArray(F, results, to + 2 * ROWS + 16))
                    .intoArray(results, to + 2 * ROWS + 16);
            ((FloatVector) a03.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s3)
                    .fma(scale, FloatVector.fromArray(F, results, to + 3 * ROWS + 16))
                    .intoArray(results, to + 3 * ROWS + 16);
            scale = FloatVector.fromArray(F, scratch.scales, part + 32);
            ((FloatVector) a10.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s0)
                    .fma(scale, FloatVector.fromArray(F, results, to + 32))
                    .intoArray(results, to + 32);
            ((FloatVector) a11.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s1)
                    .fma(scale, FloatVector.fromArray(F, results, to + ROWS + 32))
                    .intoArray(results, to + ROWS + 32);
            ((FloatVector) a12.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s2)
                    .fma(scale, FloatVector.fromArray(F, results, to + 2 * ROWS + 32))
                    .intoArray(results, to + 2 * ROWS + 32);
            ((FloatVector) a13.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(s3)
                    .fma(scale, FloatVector.fromArray(F, results, to + 3 * ROWS + 32))
                    .intoArray(results, to + 3 * ROWS + 32);
            scale = FloatVector.fromArray(F, scratch.scales, part + 48);
            ((FloatVector) a10.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s0)
                    .fma(scale, FloatVector.fromArray(F, results, to + 48))
                    .intoArray(results, to + 48);
            ((FloatVector) a11.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s1)
                    .fma(scale, FloatVector.fromArray(F, results, to + ROWS + 48))
                    .intoArray(results, to + ROWS + 48);
            ((FloatVector) a12.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s2)
                    .fma(scale, FloatVector.fromArray(F, results, to + 2 * ROWS + 48))
                    .intoArray(results, to + 2 * ROWS + 48);
            ((FloatVector) a13.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(s3)
                    .fma(scale, FloatVector.fromArray(F, results, to + 3 * ROWS + 48))
                    .intoArray(results, to + 3 * ROWS + 48);
        }
    }

    /** As {@link #addFour}, of one input row. */
    private static void addOne(Scratch scratch, Activations x, int lane, int to, int x0) {
        int[] integers = x.integers();
        float[] results = scratch.results;
        int first = scratch.codes + 2 * lane;
        for (int block = 0; block < 2; block++) {
            ShortVector a0 = ShortVector.zero(S), a1 = a0;
            int begin = block * Activations.BLOCK;
            for (int c = begin; c < begin + Activations.BLOCK; c++) {
                ShortVector b = IntVector.broadcast(I, integers[x0 + c]).reinterpretAsShorts();
                a0 = a0.add(ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first), LITTLE_ENDIAN)
                        .mul(b));
                a1 = a1.add(
                        ShortVector.fromMemorySegment(S, PanelCodes.ALL, 2L * (c * STRIDE + first + 32), LITTLE_ENDIAN)
                                .mul(b));
            }
            FloatVector step = FloatVector.broadcast(F, x.steps()[x0 / Activations.BLOCK + block]);
            int part = block * ROWS + lane;
            ((FloatVector) a0.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(step)
                    .fma(FloatVector.fromArray(F, scratch.scales, part), FloatVector.fromArray(F, results, to))
                    .intoArray(results, to);
            ((FloatVector) a0.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(step)
                    .fma(
                            FloatVector.fromArray(F, scratch.scales, part + 16),
                            FloatVector.fromArray(F, results, to + 16))
                    .intoArray(results, to + 16);
            ((FloatVector) a1.reinterpretAsInts().lanewise(LSHL, 16).convert(I2F, 0))
                    .mul(step)
                    .fma(
                            FloatVector.fromArray(F, scratch.scales, part + 32),
                            FloatVector.fromArray(F, results, to + 32))
                    .intoArray(results, to + 32);
            ((FloatVector) a1.reinterpretAsInts().and(HIGH).convert(I2F, 0))
                    .mul(step)
                    .fma(
                            FloatVector.fromArray(F, scratch.scales, part + 48),
                            FloatVector.fromArray(F, results, to + 48))
                    .intoArray(results, to + 48);
        }
    }
}
