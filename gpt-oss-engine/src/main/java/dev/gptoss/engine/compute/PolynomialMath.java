package dev.gptoss.engine.compute;

/**
 * exp and log as fixed sequences of F32 operations with fused multiply-adds, so that scalar code, vector lanes and
 * devices give the same bits. Coefficients from Cephes (Moshier), {@code expf} and {@code logf}; errors below 2 ulp.
 */
public final class PolynomialMath {

    public static final float LOWEST_EXPONENT = -87.0f;
    public static final float HIGHEST_EXPONENT = 88.0f;
    public static final float LOG2_E = 1.44269504088896341f;
    public static final float LN2_HIGH = 0.693359375f;
    public static final float LN2_LOW = -2.12194440e-4f;

    /** Added and subtracted, rounds to the nearest integer: 1.5 x 2^23. */
    public static final float ROUNDER = 12582912f;

    public static final float EXP_5 = 1.9875691500e-4f;
    public static final float EXP_4 = 1.3981999507e-3f;
    public static final float EXP_3 = 8.3334519073e-3f;
    public static final float EXP_2 = 4.1665795894e-2f;
    public static final float EXP_1 = 1.6666665459e-1f;
    public static final float EXP_0 = 5.0000001201e-1f;

    /** Bits of sqrt(0.5). */
    public static final int SQRT_HALF_BITS = 0x3f3504f3;

    public static final float LOG_8 = 7.0376836292e-2f;
    public static final float LOG_7 = -1.1514610310e-1f;
    public static final float LOG_6 = 1.1676998740e-1f;
    public static final float LOG_5 = -1.2420140846e-1f;
    public static final float LOG_4 = 1.4249322787e-1f;
    public static final float LOG_3 = -1.6668057665e-1f;
    public static final float LOG_2 = 2.0000714765e-1f;
    public static final float LOG_1 = -2.4999993993e-1f;
    public static final float LOG_0 = 3.3333331174e-1f;

    private PolynomialMath() {}

    /** e^x; 0 below {@link #LOWEST_EXPONENT}, e^{@link #HIGHEST_EXPONENT} above that. */
    public static float exp(float x) {
        float c = Math.max(Math.min(x, HIGHEST_EXPONENT), LOWEST_EXPONENT);
        float t = Math.fma(c, LOG2_E, ROUNDER);
        float n = t - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, c));
        float p = Math.fma(EXP_5, r, EXP_4);
        p = Math.fma(p, r, EXP_3);
        p = Math.fma(p, r, EXP_2);
        p = Math.fma(p, r, EXP_1);
        p = Math.fma(p, r, EXP_0);
        float y = Math.fma(p, r * r, r) + 1;
        // the low bits of t are n; added to the exponent of y they multiply it by 2^n
        float e = Float.intBitsToFloat(Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(t) << 23));
        return x < LOWEST_EXPONENT ? 0 : e;
    }

    /** ln x of a normal positive number. */
    public static float log(float x) {
        int shifted = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
        float e = shifted >> 23;
        float m = Float.intBitsToFloat((shifted & 0x007fffff) + SQRT_HALF_BITS); // sqrt(0.5) <= m < sqrt(2)
        return log(m - 1, e);
    }

    /** ln((1 + f) 2^e) for sqrt(0.5) <= 1 + f < sqrt(2); exact in f, so that f near 0 keeps its precision. */
    public static float log(float f, float e) {
        float p = Math.fma(LOG_8, f, LOG_7);
        p = Math.fma(p, f, LOG_6);
        p = Math.fma(p, f, LOG_5);
        p = Math.fma(p, f, LOG_4);
        p = Math.fma(p, f, LOG_3);
        p = Math.fma(p, f, LOG_2);
        p = Math.fma(p, f, LOG_1);
        p = Math.fma(p, f, LOG_0);
        float z = f * f;
        float y = Math.fma(e, LN2_LOW, p * f * z);
        y = Math.fma(z, -0.5f, y);
        return Math.fma(e, LN2_HIGH, f + y);
    }
}
