package dev.gptoss.engine.compute.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowKernel} in lanes. */
final class VectorRowKernel implements RowKernel {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();
    private static final VectorShuffle<Float> DOWN_8 = VectorMath.down(F, 8 % WIDTH);
    private static final VectorShuffle<Float> DOWN_4 = VectorMath.down(F, 4 % WIDTH);
    private static final VectorShuffle<Float> DOWN_2 = VectorMath.down(F, 2);
    private static final VectorShuffle<Float> DOWN_1 = VectorMath.down(F, 1);

    VectorRowKernel() {}

    @Override
    public void rmsNorm(float[] x, int at, int length, float[] weight, float eps, float[] y, int yAt) {
        float scale = ScalarRowKernel.scale(sumOfSquares(x, at, length), length, eps);
        int i = 0;
        for (; i + WIDTH <= length; i += WIDTH) {
            FloatVector.fromArray(F, x, at + i)
                    .mul(scale)
                    .mul(FloatVector.fromArray(F, weight, i))
                    .intoArray(y, yAt + i);
        }
        for (; i < length; i++) {
            y[yAt + i] = x[at + i] * scale * weight[i];
        }
    }

    private static float sumOfSquares(float[] x, int at, int length) {
        FloatVector s0 = FloatVector.zero(F), s1 = s0, s2 = s0, s3 = s0;
        for (int i = 0; i < length; i += LANES) {
            s0 = addSquares(s0, x, at, i, length);
            if (WIDTH < 16) {
                s1 = addSquares(s1, x, at, i + WIDTH, length);
            }
            if (WIDTH < 8) {
                s2 = addSquares(s2, x, at, i + 2 * WIDTH, length);
                s3 = addSquares(s3, x, at, i + 3 * WIDTH, length);
            }
        }
        if (WIDTH == 16) {
            return foldFour(s0.add(s0.rearrange(DOWN_8)));
        }
        return WIDTH == 8 ? foldFour(s0.add(s1)) : foldTwo(s0.add(s2).add(s1.add(s3)));
    }

    private static FloatVector addSquares(FloatVector sum, float[] x, int at, int i, int length) {
        if (i + WIDTH <= length) {
            FloatVector v = FloatVector.fromArray(F, x, at + i);
            return v.fma(v, sum);
        }
        if (i >= length) {
            return sum;
        }
        FloatVector v = FloatVector.fromArray(F, x, at + i, F.indexInRange(i, length));
        return v.fma(v, sum);
    }

    private static float foldFour(FloatVector sum) {
        return foldTwo(sum.add(sum.rearrange(DOWN_4)));
    }

    private static float foldTwo(FloatVector sum) {
        FloatVector two = sum.add(sum.rearrange(DOWN_2));
        return two.add(two.rearrange(DOWN_1)).lane(0);
    }
}
