package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The passes of attention over a block of {@link #BLOCK} keys, for the query heads that share a kv head. Keys and values are
 * read where they lie, as {@link KvPages} describes it. Implementers give equal bits; they hold no state.
 */
interface AttentionKernel {

    /** Keys of a block, counted from position 0: two lines of {@link KvPages#LINE}. A block lies in one page. */
    int BLOCK = 64;

    /** Sums that weights are added up in. */
    int SUMS = Lanes.COUNT;

    /**
     * Scores of the lines of keys [begin, end): {@code scores[h * BLOCK + j]} = query head h times key j, one sum over
     * rising elements with fused multiply-adds.
     *
     * @param keys where the block's keys begin in {@code layer}: ({@code BLOCK} / 32, headDim) lines
     * @param queries (heads, headDim) from {@code from} on, times {@link KvPages#scale}
     */
    void scores(
            MemorySegment layer,
            long keys,
            int headDim,
            int begin,
            int end,
            float[] queries,
            int from,
            int heads,
            float[] scores);

    /**
     * The highest score of keys [begin, end) for each head. Like {@link #weigh} it takes all heads at once, so that the
     * long chains of operations of several heads overlap.
     *
     * @param scores (heads, BLOCK); may become negative infinity where it is not of these keys
     */
    void highest(float[] scores, int heads, int begin, int end, float[] highest);

    /**
     * Turns scores into weights, after {@link #highest}: exp(score - highest of its head) for keys [begin, end), else 0, times
     * {@link KvPages#scale}.
     *
     * @param scores (heads, BLOCK), and {@link #SUMS} elements of scratch for each head
     * @param sums receives each head's sum of weights, not scaled: key j joins sum j % 16, and the sums are folded by
     *     {@link Lanes#fold}
     */
    void weigh(float[] scores, int heads, int begin, int end, float[] highest, float[] sums);

    /**
     * Adds weighted values of keys [begin, end) to {@code mixed}, (heads, stride) from {@code to} on, in rising order of
     * keys with fused multiply-adds.
     *
     * @param values where the block's values begin in {@code layer}: (stride / 32) times BLOCK lines
     * @param plane bytes from one of these to the next
     * @param stride a multiple of {@link KvPages#LINE}
     * @param weights (heads, BLOCK), scaled
     */
    void mix(
            MemorySegment layer,
            long values,
            long plane,
            int stride,
            int begin,
            int end,
            float[] weights,
            int heads,
            float[] mixed,
            int to);
}
