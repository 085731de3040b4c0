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
    public float quantise(float[] values, int at, int[] integers) {
        float largest = 0;
        for (int i = at; i < at + Activations.GROUP; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float halfStep = halfStep(largest);
        if (halfStep == 0) {
            Arrays.fill(integers, at, at + Activations.GROUP, 0);
            return 0;
        }
        float inverse = Activations.LARGEST / largest;
        for (int i = at; i < at + Activations.GROUP; i++) {
            // the low bits of 1.5 x 2^23 + n are n
            int n = Float.floatToRawIntBits(Math.fma(values[i], inverse, PolynomialMath.ROUNDER));
            integers[i] = n << 16 | n & 0xFFFF;
        }
        return halfStep;
    }

    /** 0 for one that is not normal. */
    static float halfStep(float largest) {
        float halfStep = largest * (0.5f / Activations.LARGEST);
        return halfStep < Float.MIN_NORMAL ? 0 : halfStep;
    }
}
