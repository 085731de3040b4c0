package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link AttentionKernel} in plain loops; the definition of its sums. */
final class ScalarAttentionKernel implements AttentionKernel {

    private static final int GROUP = KvPages.GROUP;

    @Override
    public void scores(
            KvPages pages,
            MemorySegment layer,
            long[] keyAt,
            int begin,
            int end,
            float[] queries,
            int from,
            int heads,
            float[] scores) {
        int headDim = pages.headDim();
        for (int h = 0; h < heads; h++) {
            int to = h * BLOCK;
            Arrays.fill(scores, to + begin * GROUP, to + end * GROUP, 0);
            for (int group = begin; group < end; group++) {
                for (int d = 0; d < headDim; d++) {
                    float q = queries[from + h * headDim + d];
                    for (int j = 0; j < GROUP; j++) {
                        float key = element(pages, layer, keyAt[group], (long) d * pages.pageSize() + j);
                        int at = to + group * GROUP + j;
                        scores[at] = Math.fma(q, key, scores[at]);
                    }
                }
            }
        }
    }

    @Override
    public float highest(float[] scores, int at, int begin, int end) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int j = begin; j < end; j++) {
            highest = Math.max(highest, scores[at + j]);
        }
        return highest;
    }

    @Override
    public float weigh(float[] scores, int at, int begin, int end, float highest) {
        Arrays.fill(scores, at, at + begin, 0);
        Arrays.fill(scores, at + end, at + BLOCK, 0);
        for (int j = begin; j < end; j++) {
            scores[at + j] = PolynomialMath.exp(scores[at + j] - highest);
        }
        int sums = scores.length - GROUP;
        for (int lane = 0; lane < GROUP; lane++) {
            int first = at + lane;
            scores[sums + lane] = scores[first] + scores[first + 16] + scores[first + 32] + scores[first + 48];
        }
        return Lanes.fold(scores, sums);
    }

    @Override
    public void mix(
            KvPages pages,
            MemorySegment layer,
            long[] valueAt,
            int begin,
            int end,
            float[] weights,
            int heads,
            float[] mixed,
            int to) {
        int stride = pages.valueStride();
        for (int h = 0; h < heads; h++) {
            for (int j = begin; j < end; j++) {
                float weight = weights[h * BLOCK + j];
                long value = (long) (j % GROUP) * stride;
                for (int d = 0; d < stride; d++) {
                    int at = to + h * stride + d;
                    mixed[at] = Math.fma(weight, element(pages, layer, valueAt[j / GROUP], value + d), mixed[at]);
                }
            }
        }
    }

    private static float element(KvPages pages, MemorySegment layer, long at, long index) {
        return pages.isHalf()
                ? Float.float16ToFloat(layer.get(KvPages.HALF, at + 2 * index))
                : layer.get(KvPages.FLOAT, at + 4 * index);
    }
}
