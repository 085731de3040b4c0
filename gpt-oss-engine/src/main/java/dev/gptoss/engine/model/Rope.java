package dev.gptoss.engine.model;

import dev.gptoss.engine.weights.RopeConfig;

/**
 * Rotary position embedding with YaRN scaling (Peng et al. 2023, "YaRN: Efficient Context Window Extension of Large
 * Language Models"). Dimension i of a head turns with dimension i + headDim / 2. Angles are F64, sines come from
 * {@link StrictMath}, so every backend and every machine rotates by the same numbers.
 */
public final class Rope {

    /** pi / 2, and what a double cannot hold of it. */
    private static final double QUARTER = Math.PI / 2;

    private static final double QUARTER_REST = 6.123233995736766e-17;

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
            // turned back by quarters here, because StrictMath allocates where it must reduce an angle itself
            double quarters = Math.rint(angle * (2 / Math.PI));
            double rest = Math.fma(-quarters, QUARTER_REST, Math.fma(-quarters, QUARTER, angle));
            double c = StrictMath.cos(rest) * concentration;
            double s = StrictMath.sin(rest) * concentration;
            int quadrant = (int) quarters & 3;
            cos[offset + i] = (float) (quadrant == 0 ? c : quadrant == 1 ? -s : quadrant == 2 ? -c : s);
            sin[offset + i] = (float) (quadrant == 0 ? s : quadrant == 1 ? c : quadrant == 2 ? -s : -c);
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
