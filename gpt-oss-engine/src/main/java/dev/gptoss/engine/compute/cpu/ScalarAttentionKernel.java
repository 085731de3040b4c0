package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link AttentionKernel} in plain loops; the definition of its sums. */
final class ScalarAttentionKernel implements AttentionKernel {

    private static final int GROUP = KvPages.GROUP;

    @Override
    public void load(KvPages pages, MemorySegment layer, KvBlock block, int begin, int end) {
        int stride = pages.valueStride();
        for (int j = begin * GROUP; j < end * GROUP; j++) {
            long key = block.keyAt[j / GROUP];
            long value = block.valueAt[j / GROUP];
            for (int d = 0; d < pages.headDim(); d++) {
                block.keys[d * BLOCK + j] = element(pages, layer, key, (long) d * pages.pageSize() + j % GROUP);
            }
            for (int d = 0; d < stride; d++) {
                block.values[j * stride + d] = element(pages, layer, value, (long) (j % GROUP) * stride + d);
            }
        }
    }

    @Override
    public void scores(
            float[] keys, int headDim, int begin, int end, float[] queries, int from, int heads, float[] scores) {
        for (int h = 0; h < heads; h++) {
            for (int j = begin * GROUP; j < end * GROUP; j++) {
                float sum = 0;
                for (int d = 0; d < headDim; d++) {
                    sum = Math.fma(queries[from + h * headDim + d], keys[d * BLOCK + j], sum);
                }
                scores[h * BLOCK + j] = sum;
            }
        }
    }

    @Override
    public void highest(float[] scores, int heads, int begin, int end, float[] highest) {
        for (int h = 0; h < heads; h++) {
            highest[h] = Float.NEGATIVE_INFINITY;
            for (int j = begin; j < end; j++) {
                highest[h] = Math.max(highest[h], scores[h * BLOCK + j]);
            }
        }
    }

    @Override
    public void weigh(float[] scores, int heads, int begin, int end, float[] highest, float[] sums) {
        for (int h = 0; h < heads; h++) {
            int at = h * BLOCK;
            Arrays.fill(scores, at, at + begin, 0);
            Arrays.fill(scores, at + end, at + BLOCK, 0);
            for (int j = begin; j < end; j++) {
                scores[at + j] = PolynomialMath.exp(scores[at + j] - highest[h]);
            }
            int partial = heads * BLOCK + h * GROUP;
            for (int lane = 0; lane < GROUP; lane++) {
                int first = at + lane;
                scores[partial + lane] = scores[first] + scores[first + 16] + scores[first + 32] + scores[first + 48];
            }
            sums[h] = Lanes.fold(scores, partial);
        }
    }

    @Override
    public void mix(float[] values, int stride, int begin, int end, float[] weights, int heads, float[] mixed, int to) {
        for (int h = 0; h < heads; h++) {
            for (int j = begin; j < end; j++) {
                float weight = weights[h * BLOCK + j];
                for (int d = 0; d < stride; d++) {
                    int at = to + h * stride + d;
                    mixed[at] = Math.fma(weight, values[j * stride + d], mixed[at]);
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
