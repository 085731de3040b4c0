package dev.gptoss.engine.compute;

/**
 * Noise of a draw as a function of (seed, position, token id), the same on every device. With w = (h + 1/2) / 2^31, h 31
 * bits of a hash of the three, the noise is G = -ln(-ln(1 - w)): Gumbel distributed, so that the highest logit / T + G is a
 * sample of the softmax (Gumbel 1954; Maddison, Tarlow, Minka 2014). At most {@link #MOST}.
 *
 * <p>The hash: key = splitmix64(splitmix64(seed) + position), k0 its low and k1 its high 32 bits; the hash is mix(mix(id + k0,
 * first constants) + k1, second constants), of which h is the upper 31 bits; the finalisers of MurmurHash3 and of Wellons' "lowbias32".
 */
public final class GumbelNoise {

    /** No noise is higher: -ln(2^-32). */
    public static final float MOST = 22.2f;

    public static final int MIX_1 = 0x85ebca6b;
    public static final int MIX_2 = 0xc2b2ae35;
    public static final int MIX_3 = 0x7feb352d;
    public static final int MIX_4 = 0x846ca68b;

    /** 2^-31. */
    public static final float UNIT = 0x1p-31f;

    /** Half a step of w, 2^-32. */
    public static final float HALF_STEP = 0x1p-32f;

    /** 1 - sqrt(0.5): up to here ln(1 - w) is computed from w itself. */
    public static final float DIRECT = 0.2928f;

    private GumbelNoise() {}

    /** The key of a draw. */
    public static long key(long seed, int position) {
        return splitMix(splitMix(seed) + position);
    }

    public static float of(long key, int id) {
        int h = hash((int) key, (int) (key >>> 32), id);
        float w = Math.fma(h >>> 1, UNIT, HALF_STEP);
        float rest = Math.fma(~h >>> 1, UNIT, HALF_STEP); // 1 - w
        float exponential = w < DIRECT ? -PolynomialMath.log(-w, 0) : -PolynomialMath.log(rest);
        return -PolynomialMath.log(exponential);
    }

    static int hash(int k0, int k1, int id) {
        int h = id + k0;
        h ^= h >>> 16;
        h *= MIX_1;
        h ^= h >>> 13;
        h *= MIX_2;
        h ^= h >>> 16;
        h += k1;
        h ^= h >>> 16;
        h *= MIX_3;
        h ^= h >>> 15;
        h *= MIX_4;
        return h ^ h >>> 16;
    }

    private static long splitMix(long x) {
        long z = x + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
