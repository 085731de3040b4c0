package dev.gptoss.engine.compute.cpu;

import static dev.gptoss.engine.compute.PolynomialMath.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link dev.gptoss.engine.compute.PolynomialMath} in lanes, the same operations in the same order. */
final class VectorMath {

    private VectorMath() {}

    static FloatVector exp(FloatVector x) {
        FloatVector c = x.min(HIGHEST_EXPONENT).max(LOWEST_EXPONENT);
        FloatVector t = c.fma(LOG2_E, ROUNDER);
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.fma(broadcast(x, -LN2_LOW), n.fma(broadcast(x, -LN2_HIGH), c));
        FloatVector p = r.fma(EXP_5, EXP_4);
        p = p.fma(r, broadcast(x, EXP_3));
        p = p.fma(r, broadcast(x, EXP_2));
        p = p.fma(r, broadcast(x, EXP_1));
        p = p.fma(r, broadcast(x, EXP_0));
        FloatVector y = p.fma(r.mul(r), r).add(1);
        IntVector bits = y.reinterpretAsInts().add(t.reinterpretAsInts().lanewise(LSHL, 23));
        return bits.reinterpretAsFloats().blend(0f, x.compare(LT, LOWEST_EXPONENT));
    }

    static FloatVector log(FloatVector x) {
        IntVector shifted = x.reinterpretAsInts().sub(SQRT_HALF_BITS);
        FloatVector e = (FloatVector) shifted.lanewise(ASHR, 23).convert(I2F, 0);
        FloatVector m = shifted.and(0x007fffff).add(SQRT_HALF_BITS).reinterpretAsFloats();
        return log(m.sub(1), e);
    }

    static FloatVector log(FloatVector f, FloatVector e) {
        FloatVector p = f.fma(LOG_8, LOG_7);
        p = p.fma(f, broadcast(f, LOG_6));
        p = p.fma(f, broadcast(f, LOG_5));
        p = p.fma(f, broadcast(f, LOG_4));
        p = p.fma(f, broadcast(f, LOG_3));
        p = p.fma(f, broadcast(f, LOG_2));
        p = p.fma(f, broadcast(f, LOG_1));
        p = p.fma(f, broadcast(f, LOG_0));
        FloatVector z = f.mul(f);
        FloatVector y = e.fma(broadcast(f, LN2_LOW), p.mul(f).mul(z));
        y = z.fma(broadcast(f, -0.5f), y);
        return e.fma(broadcast(f, LN2_HIGH), f.add(y));
    }

    private static FloatVector broadcast(FloatVector like, float value) {
        return FloatVector.broadcast(like.species(), value);
    }

    /** The shuffle that brings lane i + distance to lane i. */
    static VectorShuffle<Float> down(VectorSpecies<Float> species, int distance) {
        return VectorShuffle.fromOp(species, i -> (i + distance) % species.length());
    }
}
