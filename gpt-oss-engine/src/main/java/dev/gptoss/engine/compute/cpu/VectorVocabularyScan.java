package dev.gptoss.engine.compute.cpu;

import static dev.gptoss.engine.compute.GumbelNoise.*;
import static dev.gptoss.engine.compute.PolynomialMath.SQRT_HALF_BITS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.gptoss.engine.compute.GumbelNoise;
import dev.gptoss.engine.compute.Rank;
import dev.gptoss.engine.compute.ScalarVocabularyScan;
import dev.gptoss.engine.compute.VocabularyScan;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link VocabularyScan} in lanes; rests shorter than a register are left to the scalar form. */
final class VectorVocabularyScan implements VocabularyScan {

    private static final SpeciesClasses.Shape SHAPE = SpeciesClasses.shape(MethodHandles.lookup());
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, VectorShape.forBitSize(SHAPE.bits()));
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(SHAPE.bits()));
    private static final ArrayMath MATH = SpeciesClasses.instantiate(ArrayMath.class, "VectorArrayMath", SHAPE);
    private static final int WIDTH = F.length();

    private final ScalarVocabularyScan rest = new ScalarVocabularyScan();
    private final float[] lanes = new float[SUM_LANES];
    private final float[] block = new float[SUM_BLOCK];
    private final float[] exponents = new float[SUM_BLOCK];
    private final int[] ids = new int[SUM_LANES];

    VectorVocabularyScan() {}

    @Override
    public float highest(float[] logits, int from, int to) {
        FloatVector highest = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        int i = from;
        for (; i + WIDTH <= to; i += WIDTH) {
            FloatVector v = FloatVector.fromArray(F, logits, i);
            highest = highest.blend(v, v.compare(GT, highest)); // not max: NaN must lose
        }
        highest.intoArray(lanes, 0);
        return Math.max(rest.highest(lanes, 0, WIDTH), rest.highest(logits, i, to));
    }

    @Override
    public double sumOfExponentials(float[] logits, int from, int to, float highest) {
        double sum = 0;
        int i = from;
        for (; i + SUM_BLOCK <= to; i += SUM_BLOCK) {
            sum += sumOfBlock(logits, i, highest);
        }
        return i < to ? sum + rest.sumOfExponentials(logits, i, to, highest) : sum;
    }

    private float sumOfBlock(float[] logits, int from, float highest) {
        System.arraycopy(logits, from, block, 0, SUM_BLOCK);
        MATH.exp(block, 0, SUM_BLOCK, highest);
        for (int column = 0; column < SUM_LANES; column += WIDTH) {
            FloatVector sum = FloatVector.zero(F);
            for (int i = column; i < SUM_BLOCK; i += SUM_LANES) {
                sum = sum.add(FloatVector.fromArray(F, block, i));
            }
            sum.intoArray(lanes, column);
        }
        for (int half = SUM_LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Override
    public long best(float[] logits, int at, int from, int to) {
        float highest = highest(logits, at + from, at + to);
        if (highest == Float.NEGATIVE_INFINITY) {
            return Rank.NONE;
        }
        int id = from;
        for (; id + WIDTH <= to; id += WIDTH) {
            VectorMask<Float> equal = FloatVector.fromArray(F, logits, at + id).eq(highest);
            if (equal.anyTrue()) {
                return Rank.of(highest, id + equal.firstTrue());
            }
        }
        while (logits[at + id] != highest) {
            id++;
        }
        return Rank.of(highest, id);
    }

    @Override
    public long bestWithNoise(float[] logits, int at, int from, int to, float lowest, float temperature, long key) {
        long rank = Rank.NONE;
        int id = from;
        while (id + WIDTH <= to) {
            int count = Math.min(SUM_BLOCK, to - id) / WIDTH * WIDTH;
            noise(key, id, count);
            rank = Math.max(rank, bestOfBlock(logits, at, id, count, lowest, temperature));
            id += count;
        }
        return Math.max(rank, rest.bestWithNoise(logits, at, id, to, lowest, temperature, key));
    }

    /** Leaves the noise of ids from {@code first} on in {@link #block}, as {@link GumbelNoise} defines it. */
    private void noise(long key, int first, int count) {
        hash((int) key, (int) (key >>> 32), first, count);
        MATH.log(block, exponents, count);
        split(count);
        MATH.log(block, exponents, count);
    }

    /** 1 - w as (1 + f) 2^e. */
    private void hash(int k0, int k1, int first, int count) {
        IntVector id = IntVector.broadcast(I, first).addIndex(1);
        for (int i = 0; i < count; i += WIDTH) {
            IntVector h = id.add(k0);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_1);
            h = h.lanewise(XOR, h.lanewise(LSHR, 13)).mul(MIX_2);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).add(k1);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_3);
            h = h.lanewise(XOR, h.lanewise(LSHR, 15)).mul(MIX_4);
            h = h.lanewise(XOR, h.lanewise(LSHR, 16));
            FloatVector half = FloatVector.broadcast(F, HALF_STEP);
            FloatVector unit = FloatVector.broadcast(F, UNIT);
            FloatVector w = ((FloatVector) h.lanewise(LSHR, 1).convert(I2F, 0)).fma(unit, half);
            FloatVector rest = ((FloatVector) h.not().lanewise(LSHR, 1).convert(I2F, 0)).fma(unit, half);
            IntVector shifted = rest.reinterpretAsInts().sub(SQRT_HALF_BITS);
            FloatVector e = (FloatVector) shifted.lanewise(ASHR, 23).convert(I2F, 0);
            FloatVector f = shifted.and(0x007fffff)
                    .add(SQRT_HALF_BITS)
                    .reinterpretAsFloats()
                    .sub(1);
            VectorMask<Float> direct = w.compare(LT, DIRECT);
            f.blend(w.neg(), direct).intoArray(block, i);
            e.blend(0f, direct).intoArray(exponents, i);
            id = id.add(WIDTH);
        }
    }

    /** The negated values of the block as (1 + f) 2^e. */
    private void split(int count) {
        for (int i = 0; i < count; i += WIDTH) {
            IntVector shifted =
                    FloatVector.fromArray(F, block, i).neg().reinterpretAsInts().sub(SQRT_HALF_BITS);
            shifted.and(0x007fffff)
                    .add(SQRT_HALF_BITS)
                    .reinterpretAsFloats()
                    .sub(1)
                    .intoArray(block, i);
            ((FloatVector) shifted.lanewise(ASHR, 23).convert(I2F, 0)).intoArray(exponents, i);
        }
    }

    /** The block holds the negated noise. */
    private long bestOfBlock(float[] logits, int at, int first, int count, float lowest, float temperature) {
        FloatVector highest = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        IntVector best = IntVector.broadcast(I, -1);
        IntVector id = IntVector.broadcast(I, first).addIndex(1);
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector logit = FloatVector.fromArray(F, logits, at + first + i);
            FloatVector noisy = logit.div(temperature).sub(FloatVector.fromArray(F, block, i));
            VectorMask<Float> better = noisy.compare(GT, highest).and(logit.compare(GE, lowest));
            highest = highest.blend(noisy, better);
            best = best.blend(id, better.cast(I));
            id = id.add(WIDTH);
        }
        highest.intoArray(lanes, 0);
        best.intoArray(ids, 0);
        long rank = Rank.NONE;
        for (int lane = 0; lane < WIDTH; lane++) {
            if (ids[lane] >= 0) {
                rank = Math.max(rank, Rank.of(lanes[lane], ids[lane]));
            }
        }
        return rank;
    }
}
