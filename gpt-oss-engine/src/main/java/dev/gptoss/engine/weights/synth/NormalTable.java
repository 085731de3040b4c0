package dev.gptoss.engine.weights.synth;

/** The normal distribution as 65,536 equally likely BF16 numbers, picked by sixteen random bits. */
final class NormalTable {
    private static final int SIZE = 1 << 16;
    private static final float[] UNIT = quantiles();

    private final short[] values = new short[SIZE];

    NormalTable(double mean, double deviation) {
        for (int i = 0; i < SIZE; i++) {
            values[i] = bfloat((float) (mean + deviation * UNIT[i]));
        }
    }

    /** The BF16 pattern of a draw; of {@code bits} the lower sixteen count. */
    short pick(long bits) {
        return values[(int) bits & SIZE - 1];
    }

    /** To nearest, ties to even; for finite numbers. */
    private static short bfloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    /** The middle of each of 65,536 equal shares, by summing the density: close enough, and the same everywhere. */
    private static float[] quantiles() {
        float[] quantiles = new float[SIZE];
        // Walk the density in small steps and note where each share is half full.
        double step = 1.0 / 4096;
        double integral = 0.5;
        double x = 0;
        for (int i = SIZE / 2; i < SIZE; i++) {
            double wanted = (i + 0.5) / SIZE;
            double density = density(x + step / 2);
            while (integral + density * step < wanted) {
                integral += density * step;
                x += step;
                density = density(x + step / 2);
            }
            quantiles[i] = (float) (x + (wanted - integral) / density);
            quantiles[SIZE - 1 - i] = -quantiles[i];
        }
        return quantiles;
    }

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    }
}
