package dev.gptoss.engine.compute;

import java.util.Arrays;

/** {@link VocabularyScan} in plain loops; the measure of the others. */
public final class ScalarVocabularyScan implements VocabularyScan {

    private final float[] lanes = new float[SUM_LANES];

    @Override
    public float highest(float[] logits, int from, int to) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            if (logits[i] > highest) {
                highest = logits[i];
            }
        }
        return highest;
    }

    @Override
    public double sumOfExponentials(float[] logits, int from, int to, float highest) {
        double sum = 0;
        for (int block = from; block < to; block += SUM_BLOCK) {
            sum += sumOfBlock(logits, block, Math.min(block + SUM_BLOCK, to), highest);
        }
        return sum;
    }

    private float sumOfBlock(float[] logits, int from, int to, float highest) {
        Arrays.fill(lanes, 0);
        for (int i = from; i < to; i++) {
            lanes[(i - from) & (SUM_LANES - 1)] += PolynomialMath.exp(logits[i] - highest);
        }
        for (int half = SUM_LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Override
    public long best(float[] logits, int at, int from, int to) {
        float highest = Float.NEGATIVE_INFINITY;
        int best = -1;
        for (int id = from; id < to; id++) {
            if (logits[at + id] > highest) {
                highest = logits[at + id];
                best = id;
            }
        }
        return best < 0 ? Rank.NONE : Rank.of(highest, best);
    }

    @Override
    public long bestWithNoise(float[] logits, int at, int from, int to, float lowest, float temperature, long key) {
        float highest = Float.NEGATIVE_INFINITY;
        int best = -1;
        for (int id = from; id < to; id++) {
            float logit = logits[at + id];
            if (logit >= lowest && logit > Float.NEGATIVE_INFINITY) {
                float scaled = logit / temperature;
                if (scaled + GumbelNoise.MOST > highest) {
                    float noisy = scaled + GumbelNoise.of(key, id);
                    if (noisy > highest) {
                        highest = noisy;
                        best = id;
                    }
                }
            }
        }
        return best < 0 ? Rank.NONE : Rank.of(highest, best);
    }
}
