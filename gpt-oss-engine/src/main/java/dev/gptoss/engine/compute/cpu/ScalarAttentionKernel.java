package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** {@link AttentionKernel} in plain loops; the definition of its sums. */
final class ScalarAttentionKernel implements AttentionKernel {

    private static final int LINE = KvPages.LINE;

    private final boolean half;
    private final long lineBytes;
    private final float scale;

    ScalarAttentionKernel(boolean half) {
        this.half = half;
        lineBytes = LINE * (half ? Short.BYTES : Float.BYTES);
        scale = KvPages.scale(half);
    }

    @Override
    public void scores(
            MemorySegment layer,
            long keys,
            int headDim,
            int begin,
            int end,
            float[] queries,
            int from,
            int heads,
            float[] scores) {
        for (int h = 0; h < heads; h++) {
            for (int j = begin * LINE; j < end * LINE; j++) {
                long line = keys + j / LINE * headDim * lineBytes;
                float sum = 0;
                for (int d = 0; d < headDim; d++) {
                    float key = KvPages.get(layer, line + d * lineBytes, j % LINE, half);
                    sum = Math.fma(queries[from + h * headDim + d], key, sum);
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
            int partial = heads * BLOCK + h * SUMS;
            for (int lane = 0; lane < SUMS; lane++) {
                int first = at + lane;
                scores[partial + lane] = scores[first] + scores[first + 16] + scores[first + 32] + scores[first + 48];
            }
            sums[h] = Lanes.fold(scores, partial);
            for (int j = begin; j < end; j++) {
                scores[at + j] *= scale;
            }
        }
    }

    @Override
    public void mix(
            MemorySegment layer,
            long values,
            long plane,
            int stride,
            int begin,
            int end,
            float[] weights,
            int heads,
            float[] mixed,
            int to) {
        for (int h = 0; h < heads; h++) {
            for (int j = begin; j < end; j++) {
                float weight = weights[h * BLOCK + j];
                for (int d = 0; d < stride; d++) {
                    long line = values + d / LINE * plane + j * lineBytes;
                    int at = to + h * stride + d;
                    mixed[at] = Math.fma(weight, KvPages.get(layer, line, d % LINE, half), mixed[at]);
                }
            }
        }
    }
}
