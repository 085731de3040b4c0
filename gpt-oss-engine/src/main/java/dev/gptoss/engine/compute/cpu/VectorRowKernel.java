package dev.gptoss.engine.compute.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowKernel} in lanes. */
final class VectorRowKernel implements RowKernel {

    private static final VectorSpecies<Float> F = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits()));
    private static final int WIDTH = F.length();

    private final float[] sums = new float[Lanes.COUNT];

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

    private float sumOfSquares(float[] x, int at, int length) {
        int whole = length / Lanes.COUNT * Lanes.COUNT;
        for (int lane = 0; lane < Lanes.COUNT; lane += WIDTH) {
            FloatVector sum = FloatVector.zero(F);
            for (int i = at + lane; i < at + whole; i += Lanes.COUNT) {
                FloatVector v = FloatVector.fromArray(F, x, i);
                sum = v.fma(v, sum);
            }
            sum.intoArray(sums, lane);
        }
        for (int i = whole; i < length; i++) {
            sums[i - whole] = Math.fma(x[at + i], x[at + i], sums[i - whole]);
        }
        return Lanes.fold(sums, 0);
    }
}
