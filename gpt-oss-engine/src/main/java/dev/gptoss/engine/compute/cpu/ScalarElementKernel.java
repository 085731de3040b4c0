package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;

/** {@link ElementKernel} in plain loops; the definition of its operations. */
final class ScalarElementKernel implements ElementKernel {

    @Override
    public void addBias(float[] results, int r, float[] bias, int b, int count, float[] y, int at) {
        for (int i = 0; i < count; i++) {
            y[at + i] = results[r + i] + bias[b + i];
        }
    }

    @Override
    public void addScaled(float factor, float[] results, int r, float[] bias, int b, int count, float[] y, int at) {
        for (int i = 0; i < count; i++) {
            y[at + i] = Math.fma(factor, results[r + i] + bias[b + i], y[at + i]);
        }
    }

    @Override
    public void swiglu(float[] results, int r, float[] bias, int b, float alpha, float limit) {
        int half = TileFormat.LINE_INTS;
        for (int i = 0; i < half; i++) {
            float g = Math.min(results[r + i] + bias[b + i], limit);
            float u = Math.max(Math.min(results[r + half + i] + bias[b + half + i], limit), -limit);
            results[r + i] = g / (1 + PolynomialMath.exp(g * -alpha)) * (u + 1);
        }
    }

    @Override
    public void quantise(Activations x, int at, float[] scratch) {
        float[] values = x.values();
        int[] integers = x.integers();
        for (int i = 0; i < Lanes.COUNT; i++) {
            scratch[i] = Math.abs(values[at + i]) + Math.abs(values[at + Lanes.COUNT + i]);
        }
        float sum = Lanes.fold(scratch, 0);
        float step = step(sum);
        float inverse = step == 0 ? 0 : Activations.MOST / sum;
        int total = 0;
        for (int i = at; i < at + Activations.BLOCK; i++) {
            // the low bits of 1.5 x 2^23 + n are n
            int n = Float.floatToRawIntBits(Math.fma(values[i], inverse, PolynomialMath.ROUNDER));
            integers[i] = twice(n);
            total += n;
        }
        x.steps()[at / Activations.BLOCK] = step;
        x.lifts()[at / Activations.BLOCK] = twice(-Mxfp4Tiles.LIFT * total);
    }

    /** The low 16 bits, in both halves. */
    static int twice(int n) {
        return n << 16 | n & 0xFFFF;
    }

    /** 0 for one that is not normal. */
    static float step(float sum) {
        float step = sum * (0x1p-17f / Activations.MOST);
        return step < Float.MIN_NORMAL ? 0 : step;
    }
}
