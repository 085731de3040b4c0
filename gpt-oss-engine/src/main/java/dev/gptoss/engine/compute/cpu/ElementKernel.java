package dev.gptoss.engine.compute.cpu;

/** What happens to single elements between products. Implementers give equal bits and hold no state. */
interface ElementKernel {

    /** y[i] = r[i] + b[i] for {@code count} elements. */
    void addBias(float[] results, int r, float[] bias, int b, int count, float[] y, int at);

    /** y[i] += factor (r[i] + b[i]), as one fused multiply-add, for {@code count} elements. */
    void addScaled(float factor, float[] results, int r, float[] bias, int b, int count, float[] y, int at);

    /**
     * r[i] = g sigmoid(alpha g) (u + 1) for the {@link TileFormat#LINE_INTS} gate elements at {@code r} and the up elements
     * behind them, with g = min(gate + b, limit) and u = clamp(up + b', -limit, limit).
     */
    void swiglu(float[] results, int r, float[] bias, int b, float alpha, float limit);

    /**
     * Integers of the {@link Activations#BLOCK} values at {@code at} to the same places, each twice: value times
     * {@link Activations#MOST} / sum of all magnitudes, rounded to the nearest even. Magnitude j joins sum j % 16, and the
     * sums are folded by {@link Lanes#fold}.
     *
     * @param scratch of {@link Lanes#COUNT} floats or more
     * @return what an integer is worth, as {@link Activations#steps} keep it; 0 if all values are too small for one
     */
    float quantise(float[] values, int at, int[] integers, float[] scratch);
}
