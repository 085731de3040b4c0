package dev.gptoss.engine.compute.cpu;

import static dev.gptoss.engine.compute.PolynomialMath.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.gptoss.engine.compute.PolynomialMath;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link ArrayMath} in lanes: the operations of the scalar functions in the same order. */
final class VectorArrayMath implements ArrayMath {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();

    VectorArrayMath() {}

    @Override
    public void exp(float[] x, int from, int to, float minus) {
        int i = from;
        for (; i + WIDTH <= to; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(F, x, i).sub(minus);
            // compared and blended: min and max of Java, which order zeros and NaN, are six instructions each
            VectorMask<Float> isLow = v.compare(LT, LOWEST_EXPONENT);
            FloatVector c =
                    v.blend(HIGHEST_EXPONENT, v.compare(GT, HIGHEST_EXPONENT)).blend(LOWEST_EXPONENT, isLow);
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector n = t.sub(ROUNDER);
            FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), c);
            r = n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
            FloatVector p = r.fma(EXP_5, EXP_4);
            p = p.fma(r, FloatVector.broadcast(F, EXP_3));
            p = p.fma(r, FloatVector.broadcast(F, EXP_2));
            p = p.fma(r, FloatVector.broadcast(F, EXP_1));
            p = p.fma(r, FloatVector.broadcast(F, EXP_0));
            FloatVector y = p.fma(r.mul(r), r).add(1);
            IntVector bits = y.reinterpretAsInts().add(t.reinterpretAsInts().lanewise(LSHL, 23));
            bits.reinterpretAsFloats().blend(0f, isLow).intoArray(x, i);
        }
        for (; i < to; i++) {
            x[i] = PolynomialMath.exp(x[i] - minus);
        }
    }

    @Override
    public void log(float[] f, float[] e, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(F, f, i);
            FloatVector exponent = FloatVector.fromArray(F, e, i);
            FloatVector p = x.fma(LOG_8, LOG_7);
            p = p.fma(x, FloatVector.broadcast(F, LOG_6));
            p = p.fma(x, FloatVector.broadcast(F, LOG_5));
            p = p.fma(x, FloatVector.broadcast(F, LOG_4));
            p = p.fma(x, FloatVector.broadcast(F, LOG_3));
            p = p.fma(x, FloatVector.broadcast(F, LOG_2));
            p = p.fma(x, FloatVector.broadcast(F, LOG_1));
            p = p.fma(x, FloatVector.broadcast(F, LOG_0));
            FloatVector z = x.mul(x);
            FloatVector y =
                    exponent.fma(FloatVector.broadcast(F, LN2_LOW), p.mul(x).mul(z));
            y = z.fma(FloatVector.broadcast(F, -0.5f), y);
            exponent.fma(FloatVector.broadcast(F, LN2_HIGH), x.add(y)).intoArray(f, i);
        }
    }
}
