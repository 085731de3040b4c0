package dev.gptoss.engine.compute.cpu;

import static dev.gptoss.engine.compute.PolynomialMath.*;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link ElementKernel} in lanes: the operations of the scalar form in the same order. */
final class VectorElementKernel implements ElementKernel {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final int WIDTH = F.length();
    private static final int HALF = TileFormat.LINE_INTS;

    private final ElementKernel rest = new ScalarElementKernel();

    VectorElementKernel() {}

    @Override
    public void addBias(float[] results, int r, float[] bias, int b, int count, float[] y, int at) {
        int i = 0;
        for (; i + WIDTH <= count; i += WIDTH) {
            FloatVector.fromArray(F, results, r + i)
                    .add(FloatVector.fromArray(F, bias, b + i))
                    .intoArray(y, at + i);
        }
        rest.addBias(results, r + i, bias, b + i, count - i, y, at + i);
    }

    @Override
    public void addScaled(float factor, float[] results, int r, float[] bias, int b, int count, float[] y, int at) {
        FloatVector f = FloatVector.broadcast(F, factor);
        int i = 0;
        for (; i + WIDTH <= count; i += WIDTH) {
            FloatVector sum = FloatVector.fromArray(F, results, r + i).add(FloatVector.fromArray(F, bias, b + i));
            f.fma(sum, FloatVector.fromArray(F, y, at + i)).intoArray(y, at + i);
        }
        rest.addScaled(factor, results, r + i, bias, b + i, count - i, y, at + i);
    }

    @Override
    public void swiglu(float[] results, int r, float[] bias, int b, float alpha, float limit) {
        for (int i = 0; i < HALF; i += WIDTH) {
            FloatVector gate = FloatVector.fromArray(F, results, r + i).add(FloatVector.fromArray(F, bias, b + i));
            FloatVector up =
                    FloatVector.fromArray(F, results, r + HALF + i).add(FloatVector.fromArray(F, bias, b + HALF + i));
            FloatVector g = gate.min(limit);
            FloatVector u = up.min(limit).max(-limit);
            // PolynomialMath.exp
            FloatVector x = g.mul(-alpha);
            FloatVector c = x.min(HIGHEST_EXPONENT).max(LOWEST_EXPONENT);
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector n = t.sub(ROUNDER);
            FloatVector s = n.fma(FloatVector.broadcast(F, -LN2_HIGH), c);
            s = n.fma(FloatVector.broadcast(F, -LN2_LOW), s);
            FloatVector p = s.fma(EXP_5, EXP_4);
            p = p.fma(s, FloatVector.broadcast(F, EXP_3));
            p = p.fma(s, FloatVector.broadcast(F, EXP_2));
            p = p.fma(s, FloatVector.broadcast(F, EXP_1));
            p = p.fma(s, FloatVector.broadcast(F, EXP_0));
            FloatVector e = p.fma(s.mul(s), s).add(1);
            e = e.reinterpretAsInts()
                    .add(t.reinterpretAsInts().lanewise(LSHL, 23))
                    .reinterpretAsFloats()
                    .blend(0f, x.compare(LT, LOWEST_EXPONENT));
            g.div(e.add(1)).mul(u.add(1)).intoArray(results, r + i);
        }
    }

    @Override
    public void quantise(Activations x, int at, float[] scratch) {
        float[] values = x.values();
        for (int i = 0; i < Lanes.COUNT; i += WIDTH) {
            FloatVector.fromArray(F, values, at + i)
                    .lanewise(ABS)
                    .add(FloatVector.fromArray(F, values, at + Lanes.COUNT + i).lanewise(ABS))
                    .intoArray(scratch, i);
        }
        float sum = Lanes.fold(scratch, 0);
        float step = ScalarElementKernel.step(sum);
        float inverse = step == 0 ? 0 : Activations.MOST / sum;
        IntVector total = IntVector.zero(I);
        for (int i = at; i < at + Activations.BLOCK; i += WIDTH) {
            IntVector n =
                    FloatVector.fromArray(F, values, i).fma(inverse, ROUNDER).reinterpretAsInts();
            n.lanewise(LSHL, 16).or(n.and(0xFFFF)).intoArray(x.integers(), i);
            total = total.add(n);
        }
        x.steps()[at / Activations.BLOCK] = step;
        x.lifts()[at / Activations.BLOCK] = ScalarElementKernel.twice(-Mxfp4Tiles.LIFT * total.reduceLanes(ADD));
    }
}
