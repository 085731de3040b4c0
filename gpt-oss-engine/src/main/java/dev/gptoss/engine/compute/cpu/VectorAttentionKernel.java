package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link AttentionKernel} in lanes: keys of a block for the scores, elements of a head for the mix. Four query heads share
 * each loaded vector. A block is made F32 first: from there all indices are linear, and range checks leave the loops.
 */
final class VectorAttentionKernel implements AttentionKernel {

    private static final SpeciesClasses.Shape SHAPE = SpeciesClasses.shape(MethodHandles.lookup());
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.bits()));
    private static final ArrayMath MATH = SpeciesClasses.instantiate(ArrayMath.class, "VectorArrayMath", SHAPE);
    private static final int LANES = F.length();
    private static final boolean IS_WIDEST = LANES == KvPages.GROUP;

    private final AttentionKernel anyPages = new ScalarAttentionKernel();

    VectorAttentionKernel() {}

    /**
     * Pages of the usual size hold a block in one piece: copied and made F32 as a whole, 8,192 halves took 1240 ns from
     * memory and 800 from the second cache, 16 at a time through the segment 1650 (Zen 4, JDK 25).
     */
    @Override
    public void load(KvPages pages, MemorySegment layer, KvBlock block, int begin, int end) {
        if (pages.pageSize() != BLOCK) {
            anyPages.load(pages, layer, block, begin, end);
            return;
        }
        long first = (long) begin * KvPages.GROUP;
        int stride = pages.valueStride();
        int bytes = pages.elementBytes();
        read(pages, layer, block.keyAt[begin] - first * bytes, block.halves, block.keys, pages.headDim() * BLOCK);
        read(pages, layer, block.valueAt[begin] - first * stride * bytes, block.halves, block.values, BLOCK * stride);
    }

    private static void read(KvPages pages, MemorySegment layer, long at, short[] halves, float[] floats, int count) {
        if (!pages.isHalf()) {
            MemorySegment.copy(layer, KvPages.FLOAT, at, floats, 0, count);
            return;
        }
        MemorySegment.copy(layer, KvPages.HALF, at, halves, 0, count);
        for (int i = 0; i < count; i++) { // the compiler makes it lanes
            floats[i] = Float.float16ToFloat(halves[i]);
        }
    }

    @Override
    public void scores(
            float[] keys, int headDim, int begin, int end, float[] queries, int from, int heads, float[] scores) {
        int h = 0;
        for (; h + 4 <= heads; h += 4) {
            int query = from + h * headDim;
            int to = h * BLOCK;
            if (IS_WIDEST && begin == 0 && end == GROUPS) {
                scoreBlock(keys, headDim, queries, query, scores, to);
                continue;
            }
            for (int key = begin * KvPages.GROUP; key < end * KvPages.GROUP; key += LANES) {
                scoreFour(keys, key, headDim, queries, query, scores, to + key);
            }
        }
        for (; h < heads; h++) {
            for (int key = begin * KvPages.GROUP; key < end * KvPages.GROUP; key += LANES) {
                scoreOne(keys, key, headDim, queries, from + h * headDim, scores, h * BLOCK + key);
            }
        }
    }

    /** All keys of a block for four heads: 16 sums, for which the widest species has the registers. */
    private static void scoreBlock(float[] keys, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector s00 = zero, s01 = zero, s02 = zero, s03 = zero;
        FloatVector s10 = zero, s11 = zero, s12 = zero, s13 = zero;
        FloatVector s20 = zero, s21 = zero, s22 = zero, s23 = zero;
        FloatVector s30 = zero, s31 = zero, s32 = zero, s33 = zero;
        for (int d = 0; d < headDim; d++) {
            FloatVector k0 = FloatVector.fromArray(F, keys, d * BLOCK);
            FloatVector k1 = FloatVector.fromArray(F, keys, d * BLOCK + 16);
            FloatVector k2 = FloatVector.fromArray(F, keys, d * BLOCK + 32);
            FloatVector k3 = FloatVector.fromArray(F, keys, d * BLOCK + 48);
            FloatVector q = FloatVector.broadcast(F, queries[from + d]);
            s00 = q.fma(k0, s00);
            s10 = q.fma(k1, s10);
            s20 = q.fma(k2, s20);
            s30 = q.fma(k3, s30);
            q = FloatVector.broadcast(F, queries[from + headDim + d]);
            s01 = q.fma(k0, s01);
            s11 = q.fma(k1, s11);
            s21 = q.fma(k2, s21);
            s31 = q.fma(k3, s31);
            q = FloatVector.broadcast(F, queries[from + 2 * headDim + d]);
            s02 = q.fma(k0, s02);
            s12 = q.fma(k1, s12);
            s22 = q.fma(k2, s22);
            s32 = q.fma(k3, s32);
            q = FloatVector.broadcast(F, queries[from + 3 * headDim + d]);
            s03 = q.fma(k0, s03);
            s13 = q.fma(k1, s13);
            s23 = q.fma(k2, s23);
            s33 = q.fma(k3, s33);
        }
        s00.intoArray(scores, to);
        s10.intoArray(scores, to + 16);
        s20.intoArray(scores, to + 32);
        s30.intoArray(scores, to + 48);
        s01.intoArray(scores, to + BLOCK);
        s11.intoArray(scores, to + BLOCK + 16);
        s21.intoArray(scores, to + BLOCK + 32);
        s31.intoArray(scores, to + BLOCK + 48);
        s02.intoArray(scores, to + 2 * BLOCK);
        s12.intoArray(scores, to + 2 * BLOCK + 16);
        s22.intoArray(scores, to + 2 * BLOCK + 32);
        s32.intoArray(scores, to + 2 * BLOCK + 48);
        s03.intoArray(scores, to + 3 * BLOCK);
        s13.intoArray(scores, to + 3 * BLOCK + 16);
        s23.intoArray(scores, to + 3 * BLOCK + 32);
        s33.intoArray(scores, to + 3 * BLOCK + 48);
    }

    private static void scoreFour(
            float[] keys, int key, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector s0 = FloatVector.zero(F), s1 = s0, s2 = s0, s3 = s0;
        for (int d = 0; d < headDim; d++) {
            FloatVector k = FloatVector.fromArray(F, keys, d * BLOCK + key);
            s0 = FloatVector.broadcast(F, queries[from + d]).fma(k, s0);
            s1 = FloatVector.broadcast(F, queries[from + headDim + d]).fma(k, s1);
            s2 = FloatVector.broadcast(F, queries[from + 2 * headDim + d]).fma(k, s2);
            s3 = FloatVector.broadcast(F, queries[from + 3 * headDim + d]).fma(k, s3);
        }
        s0.intoArray(scores, to);
        s1.intoArray(scores, to + BLOCK);
        s2.intoArray(scores, to + 2 * BLOCK);
        s3.intoArray(scores, to + 3 * BLOCK);
    }

    private static void scoreOne(
            float[] keys, int key, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector sum = FloatVector.zero(F);
        for (int d = 0; d < headDim; d++) {
            FloatVector k = FloatVector.fromArray(F, keys, d * BLOCK + key);
            sum = FloatVector.broadcast(F, queries[from + d]).fma(k, sum);
        }
        sum.intoArray(scores, to);
    }

    @Override
    public void highest(float[] scores, int heads, int begin, int end, float[] highest) {
        hide(scores, heads, begin, end);
        for (int h = 0; h < heads; h++) {
            FloatVector most = FloatVector.fromArray(F, scores, h * BLOCK);
            for (int j = LANES; j < BLOCK; j += LANES) {
                most = most.max(FloatVector.fromArray(F, scores, h * BLOCK + j));
            }
            highest[h] = most.reduceLanes(VectorOperators.MAX);
        }
    }

    @Override
    public void weigh(float[] scores, int heads, int begin, int end, float[] highest, float[] sums) {
        hide(scores, heads, begin, end);
        for (int h = 0; h < heads; h++) {
            MATH.exp(scores, h * BLOCK, h * BLOCK + BLOCK, highest[h]);
        }
        int partial = heads * BLOCK;
        for (int h = 0; h < heads; h++) {
            for (int lane = 0; lane < KvPages.GROUP; lane += LANES) {
                int at = h * BLOCK + lane;
                FloatVector.fromArray(F, scores, at)
                        .add(FloatVector.fromArray(F, scores, at + 16))
                        .add(FloatVector.fromArray(F, scores, at + 32))
                        .add(FloatVector.fromArray(F, scores, at + 48))
                        .intoArray(scores, partial + h * KvPages.GROUP + lane);
            }
        }
        for (int h = 0; h < heads; h++) {
            sums[h] = Lanes.fold(scores, partial + h * KvPages.GROUP);
        }
    }

    /** Scores that are not seen weigh nothing. */
    private static void hide(float[] scores, int heads, int begin, int end) {
        if (begin == 0 && end == BLOCK) {
            return;
        }
        for (int at = 0; at < heads * BLOCK; at += BLOCK) {
            Arrays.fill(scores, at, at + begin, Float.NEGATIVE_INFINITY);
            Arrays.fill(scores, at + end, at + BLOCK, Float.NEGATIVE_INFINITY);
        }
    }

    @Override
    public void mix(float[] values, int stride, int begin, int end, float[] weights, int heads, float[] mixed, int to) {
        int h = 0;
        for (; h + 4 <= heads; h += 4) {
            int at = to + h * stride;
            int d = 0;
            if (IS_WIDEST) {
                for (; d + 4 * LANES <= stride; d += 4 * LANES) {
                    mixWide(values, stride, d, begin, end, weights, h * BLOCK, mixed, at + d);
                }
            }
            for (; d < stride; d += LANES) {
                mixFour(values, stride, d, begin, end, weights, h * BLOCK, mixed, at + d);
            }
        }
        for (; h < heads; h++) {
            for (int d = 0; d < stride; d += LANES) {
                mixOne(values, stride, d, begin, end, weights, h * BLOCK, mixed, to + h * stride + d);
            }
        }
    }

    /** Four registers of values for four heads. */
    private static void mixWide(
            float[] values, int stride, int d, int begin, int end, float[] weights, int from, float[] mixed, int to) {
        FloatVector s00 = FloatVector.fromArray(F, mixed, to);
        FloatVector s10 = FloatVector.fromArray(F, mixed, to + 16);
        FloatVector s20 = FloatVector.fromArray(F, mixed, to + 32);
        FloatVector s30 = FloatVector.fromArray(F, mixed, to + 48);
        FloatVector s01 = FloatVector.fromArray(F, mixed, to + stride);
        FloatVector s11 = FloatVector.fromArray(F, mixed, to + stride + 16);
        FloatVector s21 = FloatVector.fromArray(F, mixed, to + stride + 32);
        FloatVector s31 = FloatVector.fromArray(F, mixed, to + stride + 48);
        FloatVector s02 = FloatVector.fromArray(F, mixed, to + 2 * stride);
        FloatVector s12 = FloatVector.fromArray(F, mixed, to + 2 * stride + 16);
        FloatVector s22 = FloatVector.fromArray(F, mixed, to + 2 * stride + 32);
        FloatVector s32 = FloatVector.fromArray(F, mixed, to + 2 * stride + 48);
        FloatVector s03 = FloatVector.fromArray(F, mixed, to + 3 * stride);
        FloatVector s13 = FloatVector.fromArray(F, mixed, to + 3 * stride + 16);
        FloatVector s23 = FloatVector.fromArray(F, mixed, to + 3 * stride + 32);
        FloatVector s33 = FloatVector.fromArray(F, mixed, to + 3 * stride + 48);
        for (int j = begin; j < end; j++) {
            FloatVector v0 = FloatVector.fromArray(F, values, j * stride + d);
            FloatVector v1 = FloatVector.fromArray(F, values, j * stride + d + 16);
            FloatVector v2 = FloatVector.fromArray(F, values, j * stride + d + 32);
            FloatVector v3 = FloatVector.fromArray(F, values, j * stride + d + 48);
            FloatVector w = FloatVector.broadcast(F, weights[from + j]);
            s00 = w.fma(v0, s00);
            s10 = w.fma(v1, s10);
            s20 = w.fma(v2, s20);
            s30 = w.fma(v3, s30);
            w = FloatVector.broadcast(F, weights[from + BLOCK + j]);
            s01 = w.fma(v0, s01);
            s11 = w.fma(v1, s11);
            s21 = w.fma(v2, s21);
            s31 = w.fma(v3, s31);
            w = FloatVector.broadcast(F, weights[from + 2 * BLOCK + j]);
            s02 = w.fma(v0, s02);
            s12 = w.fma(v1, s12);
            s22 = w.fma(v2, s22);
            s32 = w.fma(v3, s32);
            w = FloatVector.broadcast(F, weights[from + 3 * BLOCK + j]);
            s03 = w.fma(v0, s03);
            s13 = w.fma(v1, s13);
            s23 = w.fma(v2, s23);
            s33 = w.fma(v3, s33);
        }
        s00.intoArray(mixed, to);
        s10.intoArray(mixed, to + 16);
        s20.intoArray(mixed, to + 32);
        s30.intoArray(mixed, to + 48);
        s01.intoArray(mixed, to + stride);
        s11.intoArray(mixed, to + stride + 16);
        s21.intoArray(mixed, to + stride + 32);
        s31.intoArray(mixed, to + stride + 48);
        s02.intoArray(mixed, to + 2 * stride);
        s12.intoArray(mixed, to + 2 * stride + 16);
        s22.intoArray(mixed, to + 2 * stride + 32);
        s32.intoArray(mixed, to + 2 * stride + 48);
        s03.intoArray(mixed, to + 3 * stride);
        s13.intoArray(mixed, to + 3 * stride + 16);
        s23.intoArray(mixed, to + 3 * stride + 32);
        s33.intoArray(mixed, to + 3 * stride + 48);
    }

    private static void mixFour(
            float[] values, int stride, int d, int begin, int end, float[] weights, int from, float[] mixed, int to) {
        FloatVector s0 = FloatVector.fromArray(F, mixed, to);
        FloatVector s1 = FloatVector.fromArray(F, mixed, to + stride);
        FloatVector s2 = FloatVector.fromArray(F, mixed, to + 2 * stride);
        FloatVector s3 = FloatVector.fromArray(F, mixed, to + 3 * stride);
        for (int j = begin; j < end; j++) {
            FloatVector value = FloatVector.fromArray(F, values, j * stride + d);
            s0 = FloatVector.broadcast(F, weights[from + j]).fma(value, s0);
            s1 = FloatVector.broadcast(F, weights[from + BLOCK + j]).fma(value, s1);
            s2 = FloatVector.broadcast(F, weights[from + 2 * BLOCK + j]).fma(value, s2);
            s3 = FloatVector.broadcast(F, weights[from + 3 * BLOCK + j]).fma(value, s3);
        }
        s0.intoArray(mixed, to);
        s1.intoArray(mixed, to + stride);
        s2.intoArray(mixed, to + 2 * stride);
        s3.intoArray(mixed, to + 3 * stride);
    }

    private static void mixOne(
            float[] values, int stride, int d, int begin, int end, float[] weights, int from, float[] mixed, int to) {
        FloatVector sum = FloatVector.fromArray(F, mixed, to);
        for (int j = begin; j < end; j++) {
            FloatVector value = FloatVector.fromArray(F, values, j * stride + d);
            sum = FloatVector.broadcast(F, weights[from + j]).fma(value, sum);
        }
        sum.intoArray(mixed, to);
    }
}
