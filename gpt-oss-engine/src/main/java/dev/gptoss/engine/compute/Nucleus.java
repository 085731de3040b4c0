package dev.gptoss.engine.compute;

import java.util.Arrays;

/**
 * Top-p without sorting a vocabulary: probability mass is gathered in buckets of falling logit, and only the bucket in
 * which the wanted mass is reached is put in order.
 */
final class Nucleus {

    private static final int BUCKETS = 1024;

    /** Buckets per unit of scaled logit; 1024 reach down to e^-64. */
    private static final int PER_UNIT = 16;

    private final double[] mass = new double[BUCKETS];
    private final int vocabulary;
    private final RankHeap heap;

    Nucleus(int vocabulary, RankHeap heap) {
        this.vocabulary = vocabulary;
        this.heap = heap;
    }

    /**
     * The rank of the last token of the smallest set of most likely ones whose probability reaches {@code topP}.
     *
     * @param highest the highest logit
     * @param floor ranks below it have no part
     */
    long cut(float[] logits, int at, float highest, float temperature, long floor, float topP) {
        Arrays.fill(mass, 0);
        double sum = 0;
        for (int id = 0; id < vocabulary; id++) {
            if (isIn(logits[at + id], id, floor)) {
                float below = (highest - logits[at + id]) / temperature;
                float p = PolynomialMath.exp(-below);
                mass[bucket(below)] += p;
                sum += p;
            }
        }
        double wanted = topP * sum;
        double reached = 0;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && reached + mass[bucket] < wanted) {
            reached += mass[bucket++];
        }
        return cutIn(bucket, logits, at, highest, temperature, floor, wanted - reached);
    }

    private long cutIn(
            int bucket, float[] logits, int at, float highest, float temperature, long floor, double wanted) {
        heap.clear(vocabulary);
        for (int id = 0; id < vocabulary; id++) {
            if (isIn(logits[at + id], id, floor) && bucket((highest - logits[at + id]) / temperature) == bucket) {
                heap.add(~Rank.of(logits[at + id], id)); // complement: the highest rank leaves first
            }
        }
        double reached = 0;
        long last = floor;
        while (heap.size() > 0) {
            last = ~heap.removeLowest();
            reached += PolynomialMath.exp(-(highest - Rank.score(last)) / temperature);
            if (reached >= wanted) {
                break;
            }
        }
        return last;
    }

    private static boolean isIn(float logit, int id, long floor) {
        return logit > Float.NEGATIVE_INFINITY && Rank.of(logit, id) >= floor;
    }

    private static int bucket(float below) {
        return Math.min((int) (below * PER_UNIT), BUCKETS - 1);
    }
}
