package dev.gptoss.engine.compute.cpu;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link AttentionKernel} in lanes: keys of a block for the scores, elements of a head for the mix. Four query heads share
 * each loaded vector; with two vectors at a time eight sums are under way.
 */
final class VectorAttentionKernel implements AttentionKernel {

    private static final SpeciesClasses.Shape SHAPE = SpeciesClasses.shape(MethodHandles.lookup());
    private static final boolean HALF = SHAPE.halfKv();
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.bits()));
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(SHAPE.bits()));
    private static final VectorSpecies<Short> S =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SHAPE.bits() / 2));
    private static final ArrayMath MATH = SpeciesClasses.instantiate(ArrayMath.class, "VectorArrayMath", SHAPE);
    private static final int LANES = F.length();
    private static final int PER_GROUP = KvPages.GROUP / LANES;
    private static final int BYTES = HALF ? Short.BYTES : Float.BYTES;

    VectorAttentionKernel() {}

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
        long stride = (long) pages.pageSize() * BYTES;
        int last = end * PER_GROUP - 1;
        int h = 0;
        for (; h + 4 <= heads; h += 4) {
            for (int v = begin * PER_GROUP; v <= last; v += 2) {
                int w = Math.min(v + 1, last); // an odd rest computes its vector twice
                long a = keyAt[v / PER_GROUP] + (long) v % PER_GROUP * LANES * BYTES;
                long b = keyAt[w / PER_GROUP] + (long) w % PER_GROUP * LANES * BYTES;
                scoreFour(layer, a, b, stride, headDim, queries, from + h * headDim, scores, h * BLOCK, v, w);
            }
        }
        for (; h < heads; h++) {
            for (int v = begin * PER_GROUP; v <= last; v++) {
                long a = keyAt[v / PER_GROUP] + (long) v % PER_GROUP * LANES * BYTES;
                scoreOne(layer, a, stride, headDim, queries, from + h * headDim, scores, h * BLOCK + v * LANES);
            }
        }
    }

    private static void scoreFour(
            MemorySegment layer,
            long a,
            long b,
            long stride,
            int headDim,
            float[] queries,
            int from,
            float[] scores,
            int to,
            int v,
            int w) {
        FloatVector a0 = FloatVector.zero(F), a1 = a0, a2 = a0, a3 = a0;
        FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (int d = 0; d < headDim; d++) {
            FloatVector keyA = load(layer, a + d * stride);
            FloatVector keyB = load(layer, b + d * stride);
            FloatVector q = FloatVector.broadcast(F, queries[from + d]);
            a0 = q.fma(keyA, a0);
            b0 = q.fma(keyB, b0);
            q = FloatVector.broadcast(F, queries[from + headDim + d]);
            a1 = q.fma(keyA, a1);
            b1 = q.fma(keyB, b1);
            q = FloatVector.broadcast(F, queries[from + 2 * headDim + d]);
            a2 = q.fma(keyA, a2);
            b2 = q.fma(keyB, b2);
            q = FloatVector.broadcast(F, queries[from + 3 * headDim + d]);
            a3 = q.fma(keyA, a3);
            b3 = q.fma(keyB, b3);
        }
        int toA = to + v * LANES;
        int toB = to + w * LANES;
        a0.intoArray(scores, toA);
        b0.intoArray(scores, toB);
        a1.intoArray(scores, toA + BLOCK);
        b1.intoArray(scores, toB + BLOCK);
        a2.intoArray(scores, toA + 2 * BLOCK);
        b2.intoArray(scores, toB + 2 * BLOCK);
        a3.intoArray(scores, toA + 3 * BLOCK);
        b3.intoArray(scores, toB + 3 * BLOCK);
    }

    private static void scoreOne(
            MemorySegment layer, long a, long stride, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector sum = FloatVector.zero(F);
        for (int d = 0; d < headDim; d++) {
            sum = FloatVector.broadcast(F, queries[from + d]).fma(load(layer, a + d * stride), sum);
        }
        sum.intoArray(scores, to);
    }

    @Override
    public float highest(float[] scores, int at, int begin, int end) {
        hide(scores, at, begin, end);
        FloatVector highest = FloatVector.fromArray(F, scores, at);
        for (int j = LANES; j < BLOCK; j += LANES) {
            highest = highest.max(FloatVector.fromArray(F, scores, at + j));
        }
        return highest.reduceLanes(VectorOperators.MAX);
    }

    @Override
    public float weigh(float[] scores, int at, int begin, int end, float highest) {
        hide(scores, at, begin, end);
        MATH.exp(scores, at, at + BLOCK, highest);
        int sums = scores.length - KvPages.GROUP;
        for (int lane = 0; lane < KvPages.GROUP; lane += LANES) {
            FloatVector.fromArray(F, scores, at + lane)
                    .add(FloatVector.fromArray(F, scores, at + lane + 16))
                    .add(FloatVector.fromArray(F, scores, at + lane + 32))
                    .add(FloatVector.fromArray(F, scores, at + lane + 48))
                    .intoArray(scores, sums + lane);
        }
        return Lanes.fold(scores, sums);
    }

    /** Scores that are not seen weigh nothing. */
    private static void hide(float[] scores, int at, int begin, int end) {
        if (begin > 0) {
            Arrays.fill(scores, at, at + begin, Float.NEGATIVE_INFINITY);
        }
        if (end < BLOCK) {
            Arrays.fill(scores, at + end, at + BLOCK, Float.NEGATIVE_INFINITY);
        }
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
        int h = 0;
        for (; h + 4 <= heads; h += 4) {
            int d = 0;
            for (; d + 2 * LANES <= stride; d += 2 * LANES) {
                mixFour(layer, valueAt, begin, end, stride, d, weights, h * BLOCK, mixed, to + h * stride + d);
            }
            for (; d < stride; d += LANES) {
                for (int i = h; i < h + 4; i++) {
                    mixOne(layer, valueAt, begin, end, stride, d, weights, i * BLOCK, mixed, to + i * stride + d);
                }
            }
        }
        for (; h < heads; h++) {
            for (int d = 0; d < stride; d += LANES) {
                mixOne(layer, valueAt, begin, end, stride, d, weights, h * BLOCK, mixed, to + h * stride + d);
            }
        }
    }

    private static void mixFour(
            MemorySegment layer,
            long[] valueAt,
            int begin,
            int end,
            int stride,
            int d,
            float[] weights,
            int from,
            float[] mixed,
            int to) {
        FloatVector a0 = FloatVector.fromArray(F, mixed, to);
        FloatVector b0 = FloatVector.fromArray(F, mixed, to + LANES);
        FloatVector a1 = FloatVector.fromArray(F, mixed, to + stride);
        FloatVector b1 = FloatVector.fromArray(F, mixed, to + stride + LANES);
        FloatVector a2 = FloatVector.fromArray(F, mixed, to + 2 * stride);
        FloatVector b2 = FloatVector.fromArray(F, mixed, to + 2 * stride + LANES);
        FloatVector a3 = FloatVector.fromArray(F, mixed, to + 3 * stride);
        FloatVector b3 = FloatVector.fromArray(F, mixed, to + 3 * stride + LANES);
        for (int j = begin; j < end; j++) {
            long at = valueAt[j / KvPages.GROUP] + ((long) (j % KvPages.GROUP) * stride + d) * BYTES;
            FloatVector valueA = load(layer, at);
            FloatVector valueB = load(layer, at + LANES * BYTES);
            FloatVector weight = FloatVector.broadcast(F, weights[from + j]);
            a0 = weight.fma(valueA, a0);
            b0 = weight.fma(valueB, b0);
            weight = FloatVector.broadcast(F, weights[from + BLOCK + j]);
            a1 = weight.fma(valueA, a1);
            b1 = weight.fma(valueB, b1);
            weight = FloatVector.broadcast(F, weights[from + 2 * BLOCK + j]);
            a2 = weight.fma(valueA, a2);
            b2 = weight.fma(valueB, b2);
            weight = FloatVector.broadcast(F, weights[from + 3 * BLOCK + j]);
            a3 = weight.fma(valueA, a3);
            b3 = weight.fma(valueB, b3);
        }
        a0.intoArray(mixed, to);
        b0.intoArray(mixed, to + LANES);
        a1.intoArray(mixed, to + stride);
        b1.intoArray(mixed, to + stride + LANES);
        a2.intoArray(mixed, to + 2 * stride);
        b2.intoArray(mixed, to + 2 * stride + LANES);
        a3.intoArray(mixed, to + 3 * stride);
        b3.intoArray(mixed, to + 3 * stride + LANES);
    }

    private static void mixOne(
            MemorySegment layer,
            long[] valueAt,
            int begin,
            int end,
            int stride,
            int d,
            float[] weights,
            int from,
            float[] mixed,
            int to) {
        FloatVector sum = FloatVector.fromArray(F, mixed, to);
        for (int j = begin; j < end; j++) {
            long at = valueAt[j / KvPages.GROUP] + ((long) (j % KvPages.GROUP) * stride + d) * BYTES;
            sum = FloatVector.broadcast(F, weights[from + j]).fma(load(layer, at), sum);
        }
        sum.intoArray(mixed, to);
    }

    /**
     * Loads F32, or F16: sign, exponent and mantissa are moved to their F32 places, and a product with 2^112 rebases the
     * exponent, which also makes subnormals right.
     */
    private static FloatVector load(MemorySegment layer, long at) {
        if (!HALF) {
            return FloatVector.fromMemorySegment(F, layer, at, ByteOrder.LITTLE_ENDIAN);
        }
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(S, layer, at, ByteOrder.LITTLE_ENDIAN)
                .convertShape(S2I, I, 0);
        return bits.lanewise(LSHL, 13).and(0x8fffe000).reinterpretAsFloats().mul(0x1p112f);
    }
}
