package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import java.util.Arrays;

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
    public float quantise(float[] values, int at, int[] integers, float[] scratch) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            scratch[i] = Math.abs(values[at + i]) + Math.abs(values[at + Lanes.COUNT + i]);
        }
        float sum = Lanes.fold(scratch, 0);
        float step = step(sum);
        if (step == 0) {
            Arrays.fill(integers, at, at + Activations.BLOCK, 0);
            return 0;
        }
        float inverse = Activations.MOST / sum;
        for (int i = at; i < at + Activations.BLOCK; i++) {
            // the low bits of 1.5 x 2^23 + n are n
            int n = Float.floatToRawIntBits(Math.fma(values[i], inverse, PolynomialMath.ROUNDER));
            integers[i] = n << 16 | n & 0xFFFF;
        }
        return step;
    }

    /** 0 for one that is not normal. */
    static float step(float sum) {
        float step = sum * (0x1p-17f / Activations.MOST);
        return step < Float.MIN_NORMAL ? 0 : step;
    }
}
