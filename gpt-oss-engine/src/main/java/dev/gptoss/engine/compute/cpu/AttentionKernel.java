package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The passes of attention over a block of {@link #BLOCK} keys, for the query heads that share a kv head.
 * Implementers give equal bits; they hold no state.
 */
interface AttentionKernel {

    /** Keys of a block, counted from position 0: four groups of {@link KvPages#GROUP}. */
    int BLOCK = 64;

    int GROUPS = BLOCK / KvPages.GROUP;

    /** Reads groups [begin, end) of a block as F32, or more: once for all rows and query heads that see it. */
    void load(KvPages pages, MemorySegment layer, KvBlock block, int begin, int end);

    /**
     * Scores of groups [begin, end): {@code scores[h * BLOCK + j]} = query head h times key j, one sum over rising
     * elements with fused multiply-adds.
     *
     * @param keys (headDim, BLOCK)
     * @param queries (heads, headDim) from {@code from} on
     */
    void scores(float[] keys, int headDim, int begin, int end, float[] queries, int from, int heads, float[] scores);

    /** The highest of {@code scores[at + begin, at + end)}. */
    float highest(float[] scores, int at, int begin, int end);

    /**
     * Turns {@code scores[at, at + BLOCK)} into weights: exp(score - highest) for keys [begin, end), else 0.
     *
     * @param scores its last {@link KvPages#GROUP} elements are scratch
     * @return their sum: key j joins sum j % 16, and the sums are folded by {@link Lanes#fold}
     */
    float weigh(float[] scores, int at, int begin, int end, float highest);

    /**
     * Adds weighted values of keys [begin, end) to {@code mixed}, (heads, stride) from {@code to} on, in rising order of
     * keys with fused multiply-adds.
     *
     * @param values (BLOCK, stride)
     * @param stride a multiple of {@link KvPages#GROUP}
     * @param weights (heads, BLOCK)
     */
    void mix(float[] values, int stride, int begin, int end, float[] weights, int heads, float[] mixed, int to);
}
