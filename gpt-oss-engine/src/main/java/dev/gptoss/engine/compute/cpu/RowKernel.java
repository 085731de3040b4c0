package dev.gptoss.engine.compute.cpu;

/** What happens to single rows of activations. Implementers give equal bits; they hold no state. */
interface RowKernel {

    /** Partial sums of a reduction: element i joins sum i % 16, and the sums are folded by halves. */
    int LANES = 16;

    /** y = x / sqrt(mean(x^2) + eps) * w over {@code length} elements. */
    void rmsNorm(float[] x, int at, int length, float[] weight, float eps, float[] y, int yAt);
}
