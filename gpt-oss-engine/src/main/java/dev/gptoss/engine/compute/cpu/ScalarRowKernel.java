package dev.gptoss.engine.compute.cpu;

/** {@link RowKernel} in plain loops; the definition of its sums. */
final class ScalarRowKernel implements RowKernel {

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

    private static float sumOfSquares(float[] x, int at, int length) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        for (int i = 0; i < length; i += LANES) {
            s0 = add(s0, x, at, i, length);
            s1 = add(s1, x, at, i + 1, length);
            s2 = add(s2, x, at, i + 2, length);
            s3 = add(s3, x, at, i + 3, length);
            s4 = add(s4, x, at, i + 4, length);
            s5 = add(s5, x, at, i + 5, length);
            s6 = add(s6, x, at, i + 6, length);
            s7 = add(s7, x, at, i + 7, length);
            s8 = add(s8, x, at, i + 8, length);
            s9 = add(s9, x, at, i + 9, length);
            s10 = add(s10, x, at, i + 10, length);
            s11 = add(s11, x, at, i + 11, length);
            s12 = add(s12, x, at, i + 12, length);
            s13 = add(s13, x, at, i + 13, length);
            s14 = add(s14, x, at, i + 14, length);
            s15 = add(s15, x, at, i + 15, length);
        }
        return ((s0 + s8 + (s4 + s12)) + (s2 + s10 + (s6 + s14))) + ((s1 + s9 + (s5 + s13)) + (s3 + s11 + (s7 + s15)));
    }

    private static float add(float sum, float[] x, int at, int i, int length) {
        return i < length ? Math.fma(x[at + i], x[at + i], sum) : sum;
    }
}
