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
     * Fills in integers, step and lift of the block of values at {@code at}: an integer is its value times
     * {@link Activations#MOST} / sum of all magnitudes, rounded to the nearest even. Magnitude j joins sum j % 16, and the
     * sums are folded by {@link Lanes#fold}. All is 0 if the values are too small for a step.
     *
     * @param scratch of {@link Lanes#COUNT} floats or more
     */
    void quantise(Activations x, int at, float[] scratch);
}
