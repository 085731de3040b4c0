package dev.gptoss.engine.compute.cpu;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link AttentionKernel} in lanes: keys of a line for the scores, elements of a line for the mix. A line is made F32 in
 * registers and shared by as many query heads as these have room for: made so before, in memory, a block took 1,720 ns
 * of 3,400 (64 keys, 8 heads, from memory; Zen 4, JDK 25).
 *
 * <p>Scores and mix are the same loops but for where their sums begin and how these and the factors lie: as parameters of one
 * loop they cost 5 % of a block, so each has its own.
 */
final class VectorAttentionKernel implements AttentionKernel {

    private static final SpeciesClasses.Shape SHAPE = SpeciesClasses.shape(MethodHandles.lookup());
    private static final VectorShape REGISTER = VectorShape.forBitSize(SHAPE.bits());
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, REGISTER);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, REGISTER);
    private static final ArrayMath MATH = SpeciesClasses.instantiate(ArrayMath.class, "VectorArrayMath", SHAPE);
    private static final int LANES = F.length();

    /** Lanes of a half line. */
    private static final int GROUP = 16;

    /** Only the widest species has 32 registers wherever it is. */
    private static final boolean TAKES_EIGHT = LANES == GROUP;

    private static final boolean HALF = SHAPE.half();
    private static final long LINE_BYTES = HALF ? 64 : 128;
    private static final float SCALE = KvPages.scale(HALF);

    private static final int MAGNITUDE = 0x7FFFFFFF;

    /** Sign, and what an F32 has of a half. */
    private static final IntVector HALF_BITS = IntVector.broadcast(I, 0x8FFFE000);

    VectorAttentionKernel() {}

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
        for (int line = begin; line < end; line++) {
            for (int lane = 0; lane < GROUP; lane += LANES) {
                long at = keys + line * headDim * LINE_BYTES + 4L * lane;
                int to = line * KvPages.LINE + lane;
                int h = 0;
                for (; TAKES_EIGHT && h + 8 <= heads; h += 8) {
                    scoreEight(layer, at, headDim, queries, from + h * headDim, scores, to + h * BLOCK);
                }
                for (; h + 4 <= heads; h += 4) {
                    scoreFour(layer, at, headDim, queries, from + h * headDim, scores, to + h * BLOCK);
                }
                for (; h < heads; h++) {
                    scoreOne(layer, at, headDim, queries, from + h * headDim, scores, to + h * BLOCK);
                }
            }
        }
    }

    /** Sixteen sums. */
    private static void scoreEight(
            MemorySegment layer, long keys, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector low0 = zero, high0 = zero;
        FloatVector low1 = zero, high1 = zero;
        FloatVector low2 = zero, high2 = zero;
        FloatVector low3 = zero, high3 = zero;
        FloatVector low4 = zero, high4 = zero;
        FloatVector low5 = zero, high5 = zero;
        FloatVector low6 = zero, high6 = zero;
        FloatVector low7 = zero, high7 = zero;
        for (int d = 0; d < headDim; d++) {
            long at = keys + d * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector query = FloatVector.broadcast(F, queries[from + d]);
            low0 = query.fma(first, low0);
            high0 = query.fma(second, high0);
            query = FloatVector.broadcast(F, queries[from + headDim + d]);
            low1 = query.fma(first, low1);
            high1 = query.fma(second, high1);
            query = FloatVector.broadcast(F, queries[from + 2 * headDim + d]);
            low2 = query.fma(first, low2);
            high2 = query.fma(second, high2);
            query = FloatVector.broadcast(F, queries[from + 3 * headDim + d]);
            low3 = query.fma(first, low3);
            high3 = query.fma(second, high3);
            query = FloatVector.broadcast(F, queries[from + 4 * headDim + d]);
            low4 = query.fma(first, low4);
            high4 = query.fma(second, high4);
            query = FloatVector.broadcast(F, queries[from + 5 * headDim + d]);
            low5 = query.fma(first, low5);
            high5 = query.fma(second, high5);
            query = FloatVector.broadcast(F, queries[from + 6 * headDim + d]);
            low6 = query.fma(first, low6);
            high6 = query.fma(second, high6);
            query = FloatVector.broadcast(F, queries[from + 7 * headDim + d]);
            low7 = query.fma(first, low7);
            high7 = query.fma(second, high7);
        }
        low0.intoArray(scores, to);
        high0.intoArray(scores, to + 16);
        low1.intoArray(scores, to + BLOCK);
        high1.intoArray(scores, to + BLOCK + 16);
        low2.intoArray(scores, to + 2 * BLOCK);
        high2.intoArray(scores, to + 2 * BLOCK + 16);
        low3.intoArray(scores, to + 3 * BLOCK);
        high3.intoArray(scores, to + 3 * BLOCK + 16);
        low4.intoArray(scores, to + 4 * BLOCK);
        high4.intoArray(scores, to + 4 * BLOCK + 16);
        low5.intoArray(scores, to + 5 * BLOCK);
        high5.intoArray(scores, to + 5 * BLOCK + 16);
        low6.intoArray(scores, to + 6 * BLOCK);
        high6.intoArray(scores, to + 6 * BLOCK + 16);
        low7.intoArray(scores, to + 7 * BLOCK);
        high7.intoArray(scores, to + 7 * BLOCK + 16);
    }

    private static void scoreFour(
            MemorySegment layer, long keys, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector low0 = zero, high0 = zero;
        FloatVector low1 = zero, high1 = zero;
        FloatVector low2 = zero, high2 = zero;
        FloatVector low3 = zero, high3 = zero;
        for (int d = 0; d < headDim; d++) {
            long at = keys + d * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector query = FloatVector.broadcast(F, queries[from + d]);
            low0 = query.fma(first, low0);
            high0 = query.fma(second, high0);
            query = FloatVector.broadcast(F, queries[from + headDim + d]);
            low1 = query.fma(first, low1);
            high1 = query.fma(second, high1);
            query = FloatVector.broadcast(F, queries[from + 2 * headDim + d]);
            low2 = query.fma(first, low2);
            high2 = query.fma(second, high2);
            query = FloatVector.broadcast(F, queries[from + 3 * headDim + d]);
            low3 = query.fma(first, low3);
            high3 = query.fma(second, high3);
        }
        low0.intoArray(scores, to);
        high0.intoArray(scores, to + 16);
        low1.intoArray(scores, to + BLOCK);
        high1.intoArray(scores, to + BLOCK + 16);
        low2.intoArray(scores, to + 2 * BLOCK);
        high2.intoArray(scores, to + 2 * BLOCK + 16);
        low3.intoArray(scores, to + 3 * BLOCK);
        high3.intoArray(scores, to + 3 * BLOCK + 16);
    }

    private static void scoreOne(
            MemorySegment layer, long keys, int headDim, float[] queries, int from, float[] scores, int to) {
        FloatVector low = FloatVector.zero(F), high = low;
        for (int d = 0; d < headDim; d++) {
            long at = keys + d * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector query = FloatVector.broadcast(F, queries[from + d]);
            low = query.fma(first, low);
            high = query.fma(second, high);
        }
        low.intoArray(scores, to);
        high.intoArray(scores, to + 16);
    }

    /**
     * Compared and blended, and last among integers of the same order: the maximum of Java, which orders zeros and NaN, is
     * six instructions.
     */
    @Override
    public void highest(float[] scores, int heads, int begin, int end, float[] highest) {
        hide(scores, heads, begin, end);
        for (int h = 0; h < heads; h++) {
            FloatVector most = FloatVector.fromArray(F, scores, h * BLOCK);
            for (int j = LANES; j < BLOCK; j += LANES) {
                FloatVector next = FloatVector.fromArray(F, scores, h * BLOCK + j);
                most = most.blend(next, next.compare(GT, most));
            }
            IntVector bits = most.reinterpretAsInts();
            int order =
                    bits.lanewise(XOR, bits.lanewise(ASHR, 31).and(MAGNITUDE)).reduceLanes(MAX);
            highest[h] = Float.intBitsToFloat(order ^ order >> 31 & MAGNITUDE);
        }
    }

    @Override
    public void weigh(float[] scores, int heads, int begin, int end, float[] highest, float[] sums) {
        for (int h = 0; h < heads; h++) {
            MATH.exp(scores, h * BLOCK, h * BLOCK + BLOCK, highest[h]);
        }
        int partial = heads * BLOCK;
        for (int h = 0; h < heads; h++) {
            for (int lane = 0; lane < SUMS; lane += LANES) {
                int at = h * BLOCK + lane;
                FloatVector w0 = FloatVector.fromArray(F, scores, at);
                FloatVector w1 = FloatVector.fromArray(F, scores, at + 16);
                FloatVector w2 = FloatVector.fromArray(F, scores, at + 32);
                FloatVector w3 = FloatVector.fromArray(F, scores, at + 48);
                w0.add(w1).add(w2).add(w3).intoArray(scores, partial + h * SUMS + lane);
                w0.mul(SCALE).intoArray(scores, at);
                w1.mul(SCALE).intoArray(scores, at + 16);
                w2.mul(SCALE).intoArray(scores, at + 32);
                w3.mul(SCALE).intoArray(scores, at + 48);
            }
        }
        for (int h = 0; h < heads; h++) {
            sums[h] = Lanes.fold(scores, partial + h * SUMS);
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
        for (int d = 0; d < stride; d += KvPages.LINE) {
            for (int lane = 0; lane < GROUP; lane += LANES) {
                long at = values + d / KvPages.LINE * plane + 4L * lane;
                int sums = to + d + lane;
                int h = 0;
                for (; TAKES_EIGHT && h + 8 <= heads; h += 8) {
                    mixEight(layer, at, begin, end, weights, h * BLOCK, mixed, sums + h * stride, stride);
                }
                for (; h + 4 <= heads; h += 4) {
                    mixFour(layer, at, begin, end, weights, h * BLOCK, mixed, sums + h * stride, stride);
                }
                for (; h < heads; h++) {
                    mixOne(layer, at, begin, end, weights, h * BLOCK, mixed, sums + h * stride);
                }
            }
        }
    }

    private static void mixEight(
            MemorySegment layer,
            long values,
            int begin,
            int end,
            float[] weights,
            int from,
            float[] mixed,
            int to,
            int stride) {
        FloatVector low0 = FloatVector.fromArray(F, mixed, to);
        FloatVector high0 = FloatVector.fromArray(F, mixed, to + 16);
        FloatVector low1 = FloatVector.fromArray(F, mixed, to + stride);
        FloatVector high1 = FloatVector.fromArray(F, mixed, to + stride + 16);
        FloatVector low2 = FloatVector.fromArray(F, mixed, to + 2 * stride);
        FloatVector high2 = FloatVector.fromArray(F, mixed, to + 2 * stride + 16);
        FloatVector low3 = FloatVector.fromArray(F, mixed, to + 3 * stride);
        FloatVector high3 = FloatVector.fromArray(F, mixed, to + 3 * stride + 16);
        FloatVector low4 = FloatVector.fromArray(F, mixed, to + 4 * stride);
        FloatVector high4 = FloatVector.fromArray(F, mixed, to + 4 * stride + 16);
        FloatVector low5 = FloatVector.fromArray(F, mixed, to + 5 * stride);
        FloatVector high5 = FloatVector.fromArray(F, mixed, to + 5 * stride + 16);
        FloatVector low6 = FloatVector.fromArray(F, mixed, to + 6 * stride);
        FloatVector high6 = FloatVector.fromArray(F, mixed, to + 6 * stride + 16);
        FloatVector low7 = FloatVector.fromArray(F, mixed, to + 7 * stride);
        FloatVector high7 = FloatVector.fromArray(F, mixed, to + 7 * stride + 16);
        for (int j = begin; j < end; j++) {
            long at = values + j * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector weight = FloatVector.broadcast(F, weights[from + j]);
            low0 = weight.fma(first, low0);
            high0 = weight.fma(second, high0);
            weight = FloatVector.broadcast(F, weights[from + BLOCK + j]);
            low1 = weight.fma(first, low1);
            high1 = weight.fma(second, high1);
            weight = FloatVector.broadcast(F, weights[from + 2 * BLOCK + j]);
            low2 = weight.fma(first, low2);
            high2 = weight.fma(second, high2);
            weight = FloatVector.broadcast(F, weights[from + 3 * BLOCK + j]);
            low3 = weight.fma(first, low3);
            high3 = weight.fma(second, high3);
            weight = FloatVector.broadcast(F, weights[from + 4 * BLOCK + j]);
            low4 = weight.fma(first, low4);
            high4 = weight.fma(second, high4);
            weight = FloatVector.broadcast(F, weights[from + 5 * BLOCK + j]);
            low5 = weight.fma(first, low5);
            high5 = weight.fma(second, high5);
            weight = FloatVector.broadcast(F, weights[from + 6 * BLOCK + j]);
            low6 = weight.fma(first, low6);
            high6 = weight.fma(second, high6);
            weight = FloatVector.broadcast(F, weights[from + 7 * BLOCK + j]);
            low7 = weight.fma(first, low7);
            high7 = weight.fma(second, high7);
        }
        low0.intoArray(mixed, to);
        high0.intoArray(mixed, to + 16);
        low1.intoArray(mixed, to + stride);
        high1.intoArray(mixed, to + stride + 16);
        low2.intoArray(mixed, to + 2 * stride);
        high2.intoArray(mixed, to + 2 * stride + 16);
        low3.intoArray(mixed, to + 3 * stride);
        high3.intoArray(mixed, to + 3 * stride + 16);
        low4.intoArray(mixed, to + 4 * stride);
        high4.intoArray(mixed, to + 4 * stride + 16);
        low5.intoArray(mixed, to + 5 * stride);
        high5.intoArray(mixed, to + 5 * stride + 16);
        low6.intoArray(mixed, to + 6 * stride);
        high6.intoArray(mixed, to + 6 * stride + 16);
        low7.intoArray(mixed, to + 7 * stride);
        high7.intoArray(mixed, to + 7 * stride + 16);
    }

    private static void mixFour(
            MemorySegment layer,
            long values,
            int begin,
            int end,
            float[] weights,
            int from,
            float[] mixed,
            int to,
            int stride) {
        FloatVector low0 = FloatVector.fromArray(F, mixed, to);
        FloatVector high0 = FloatVector.fromArray(F, mixed, to + 16);
        FloatVector low1 = FloatVector.fromArray(F, mixed, to + stride);
        FloatVector high1 = FloatVector.fromArray(F, mixed, to + stride + 16);
        FloatVector low2 = FloatVector.fromArray(F, mixed, to + 2 * stride);
        FloatVector high2 = FloatVector.fromArray(F, mixed, to + 2 * stride + 16);
        FloatVector low3 = FloatVector.fromArray(F, mixed, to + 3 * stride);
        FloatVector high3 = FloatVector.fromArray(F, mixed, to + 3 * stride + 16);
        for (int j = begin; j < end; j++) {
            long at = values + j * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector weight = FloatVector.broadcast(F, weights[from + j]);
            low0 = weight.fma(first, low0);
            high0 = weight.fma(second, high0);
            weight = FloatVector.broadcast(F, weights[from + BLOCK + j]);
            low1 = weight.fma(first, low1);
            high1 = weight.fma(second, high1);
            weight = FloatVector.broadcast(F, weights[from + 2 * BLOCK + j]);
            low2 = weight.fma(first, low2);
            high2 = weight.fma(second, high2);
            weight = FloatVector.broadcast(F, weights[from + 3 * BLOCK + j]);
            low3 = weight.fma(first, low3);
            high3 = weight.fma(second, high3);
        }
        low0.intoArray(mixed, to);
        high0.intoArray(mixed, to + 16);
        low1.intoArray(mixed, to + stride);
        high1.intoArray(mixed, to + stride + 16);
        low2.intoArray(mixed, to + 2 * stride);
        high2.intoArray(mixed, to + 2 * stride + 16);
        low3.intoArray(mixed, to + 3 * stride);
        high3.intoArray(mixed, to + 3 * stride + 16);
    }

    private static void mixOne(
            MemorySegment layer, long values, int begin, int end, float[] weights, int from, float[] mixed, int to) {
        FloatVector low = FloatVector.fromArray(F, mixed, to);
        FloatVector high = FloatVector.fromArray(F, mixed, to + 16);
        for (int j = begin; j < end; j++) {
            long at = values + j * LINE_BYTES;
            IntVector line = IntVector.fromMemorySegment(I, layer, at, LITTLE_ENDIAN);
            FloatVector first = HALF
                    ? line.lanewise(LSHL, 16).lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : line.reinterpretAsFloats();
            FloatVector second = HALF
                    ? line.lanewise(ASHR, 3).and(HALF_BITS).reinterpretAsFloats()
                    : FloatVector.fromMemorySegment(F, layer, at + 64, LITTLE_ENDIAN);
            FloatVector weight = FloatVector.broadcast(F, weights[from + j]);
            low = weight.fma(first, low);
            high = weight.fma(second, high);
        }
        low.intoArray(mixed, to);
        high.intoArray(mixed, to + 16);
    }
}
