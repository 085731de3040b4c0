package dev.gptoss.engine.compute.cpu;

/**
 * {@link dev.gptoss.engine.compute.PolynomialMath} over arrays. Vectors never cross a method here: one that does is an
 * object wherever the compiler does not inline.
 */
interface ArrayMath {

    /** x[i] = exp(x[i] - minus) for i in [from, to). */
    void exp(float[] x, int from, int to, float minus);

    /** f[i] = ln((1 + f[i]) 2^e[i]) for i below {@code count}, rounded up to whole registers. */
    void log(float[] f, float[] e, int count);
}
