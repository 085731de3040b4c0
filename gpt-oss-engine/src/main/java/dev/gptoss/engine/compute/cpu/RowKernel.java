package dev.gptoss.engine.compute.cpu;

/** What happens to single rows of activations. Implementers give equal bits. Has scratch: one for each thread. */
interface RowKernel {

    /** y = x / sqrt(mean(x^2) + eps) * w over {@code length} elements; squares are summed in {@link Lanes}. */
    void rmsNorm(float[] x, int at, int length, float[] weight, float eps, float[] y, int yAt);
}
