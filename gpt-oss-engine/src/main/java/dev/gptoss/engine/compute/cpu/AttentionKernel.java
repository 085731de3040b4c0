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

    /**
     * The highest score of keys [begin, end) for each head. Like {@link #weigh} it takes all heads at once, so that the
     * long chains of operations of several heads overlap.
     *
     * @param scores (heads, BLOCK)
     */
    void highest(float[] scores, int heads, int begin, int end, float[] highest);

    /**
     * Turns scores into weights: exp(score - highest of its head) for keys [begin, end), else 0.
     *
     * @param scores (heads, BLOCK), and {@link KvPages#GROUP} elements of scratch for each head
     * @param sums receives each head's sum of weights: key j joins sum j % 16, and the sums are folded by {@link Lanes#fold}
     */
    void weigh(float[] scores, int heads, int begin, int end, float[] highest, float[] sums);

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
