package dev.gptoss.engine.model;

import dev.gptoss.engine.weights.RopeConfig;

/**
 * Rotary position embedding with YaRN scaling (Peng et al. 2023, "YaRN: Efficient Context Window Extension of Large
 * Language Models"). Dimension i of a head turns with dimension i + headDim / 2. Angles are F64, sines come from
 * {@link StrictMath}, so every backend and every machine rotates by the same numbers.
 */
public final class Rope {

    private final double[] frequency;
    private final double concentration;

    public Rope(RopeConfig config, int headDim) {
        int half = headDim / 2;
        double base = config.theta();
        double low = dimensionTurning(config.betaFast(), config, half);
        double high = dimensionTurning(config.betaSlow(), config, half);
        if (config.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        frequency = new double[half];
        for (int i = 0; i < half; i++) {
            double unscaled = 1 / StrictMath.pow(base, (double) i / half);
            double ramp = Math.clamp((i - low) / (high - low), 0.0, 1.0);
            frequency[i] = unscaled * (1 - ramp) + unscaled / config.factor() * ramp;
        }
        concentration = 0.1 * StrictMath.log(config.factor()) + 1;
    }

    /** The (fractional) dimension that turns {@code rotations} times over the original context. */
    private static double dimensionTurning(double rotations, RopeConfig config, int half) {
        return half
                * StrictMath.log(config.originalContext() / (rotations * 2 * Math.PI))
                / StrictMath.log(config.theta());
    }

    /** Pairs of a head, headDim / 2. */
    public int half() {
        return frequency.length;
    }

    /** Radians by which pair i turns from one position to the next. */
    public double frequency(int i) {
        return frequency[i];
    }

    /** Factor on every rotated element of queries and keys, at every position; YaRN's mscale. */
    public double concentration() {
        return concentration;
    }

    /**
     * The rotation of a position, concentration included.
     *
     * @param cos receives {@link #half} values from {@code offset} on
     * @param sin as {@code cos}
     */
    public void at(int position, float[] cos, float[] sin, int offset) {
        for (int i = 0; i < frequency.length; i++) {
            double angle = position * frequency[i];
            cos[offset + i] = (float) (StrictMath.cos(angle) * concentration);
            sin[offset + i] = (float) (StrictMath.sin(angle) * concentration);
        }
    }

    /** Rotates all heads of one row, (heads x headDim), in place. */
    void rotate(float[] row, int position) {
        int half = half();
        float[] cos = new float[half];
        float[] sin = new float[half];
        at(position, cos, sin, 0);
        for (int head = 0; head < row.length; head += 2 * half) {
            for (int i = 0; i < half; i++) {
                float a = row[head + i];
                float b = row[head + i + half];
                row[head + i] = a * cos[i] - b * sin[i];
                row[head + i + half] = b * cos[i] + a * sin[i];
            }
        }
    }
}
