package dev.gptoss.engine.compute.cpu;

/**
 * exp as one fixed chain of fused multiply-adds, so that scalar and vector code give equal bits. Relative error at most
 * 2e-7 between the bounds; clamped outside, so that the result is neither infinite nor subnormal.
 */
final class Exponential {

    static final float HIGHEST = 88;
    static final float LOWEST = -87;
    static final float LOG2_E = 0x1.715476p0f;
    static final float LN2_HIGH = 0x1.62e4p-1f; // 15 bits: n x LN2_HIGH is exact
    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /** 1.5 x 2^23: adding and subtracting it rounds to the nearest integer, ties to even. */
    static final float ROUNDING = 0x1.8p23f;

    /** Taylor coefficients of exp from the seventh down; at most |r| = ln(2) / 2 the rest is below 6e-9. */
    static final float C7 = 1 / 5040f;

    static final float C6 = 1 / 720f;
    static final float C5 = 1 / 120f;
    static final float C4 = 1 / 24f;
    static final float C3 = 1 / 6f;
    static final float C2 = 1 / 2f;

    private Exponential() {}

    static float exp(float value) {
        float x = Math.max(LOWEST, Math.min(value, HIGHEST));
        float shifted = Math.fma(x, LOG2_E, ROUNDING);
        float n = shifted - ROUNDING;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        // the low bits of 1.5 x 2^23 + n are n: shifted into the exponent they are 2^n
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3F800000);
    }
}
