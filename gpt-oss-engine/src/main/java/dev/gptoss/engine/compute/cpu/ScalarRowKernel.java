package dev.gptoss.engine.compute.cpu;

import java.util.Arrays;

/** {@link RowKernel} in plain loops; the definition of its sums. */
final class ScalarRowKernel implements RowKernel {

    private final float[] sums = new float[Lanes.COUNT];

    @Override
    public void rmsNorm(float[] x, int at, int length, float[] weight, float eps, float[] y, int yAt) {
        float scale = scale(sumOfSquares(x, at, length), length, eps);
        for (int i = 0; i < length; i++) {
            y[yAt + i] = x[at + i] * scale * weight[i];
        }
    }

    /** One factor for both forms of the kernel. */
    static float scale(float squares, int length, float eps) {
        return (float) (1 / Math.sqrt((double) squares / length + eps));
    }

    private float sumOfSquares(float[] x, int at, int length) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < length; i++) {
            int lane = i % Lanes.COUNT;
            sums[lane] = Math.fma(x[at + i], x[at + i], sums[lane]);
        }
        return Lanes.fold(sums, 0);
    }
}
