package dev.gptoss.engine.compute.cpu;

import static dev.gptoss.engine.compute.GumbelNoise.*;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.gptoss.engine.compute.Rank;
import dev.gptoss.engine.compute.ScalarVocabularyScan;
import dev.gptoss.engine.compute.VocabularyScan;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link VocabularyScan} in lanes; rests shorter than a register are left to the scalar form. */
final class VectorVocabularyScan implements VocabularyScan {

    private static final VectorShape SHAPE =
            VectorShape.forBitSize(SpeciesClasses.shape(MethodHandles.lookup()).bits());
    private static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    private static final int WIDTH = F.length();

    private final ScalarVocabularyScan rest = new ScalarVocabularyScan();
    private final float[] lanes = new float[SUM_LANES];
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
        int block = from;
        for (; block + SUM_BLOCK <= to; block += SUM_BLOCK) {
            sum += sumOfBlock(logits, block, highest);
        }
        return block < to ? sum + rest.sumOfExponentials(logits, block, to, highest) : sum;
    }

    private float sumOfBlock(float[] logits, int from, float highest) {
        Arrays.fill(lanes, 0);
        for (int column = 0; column < SUM_LANES; column += WIDTH) {
            FloatVector sum = FloatVector.zero(F);
            for (int i = from + column; i < from + SUM_BLOCK; i += SUM_LANES) {
                sum = sum.add(VectorMath.exp(FloatVector.fromArray(F, logits, i).sub(highest)));
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
        FloatVector highest = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        IntVector best = IntVector.broadcast(I, -1);
        IntVector id = IntVector.broadcast(I, from).addIndex(1);
        int i = from;
        for (; i + WIDTH <= to; i += WIDTH) {
            FloatVector logit = FloatVector.fromArray(F, logits, at + i);
            FloatVector noisy = logit.div(temperature).add(noise((int) key, (int) (key >>> 32), id));
            VectorMask<Float> better = noisy.compare(GT, highest).and(logit.compare(GE, lowest));
            highest = highest.blend(noisy, better);
            best = best.blend(id, better.cast(I));
            id = id.add(WIDTH);
        }
        highest.intoArray(lanes, 0);
        best.intoArray(ids, 0);
        long rank = rest.bestWithNoise(logits, at, i, to, lowest, temperature, key);
        for (int lane = 0; lane < WIDTH; lane++) {
            if (ids[lane] >= 0) {
                rank = Math.max(rank, Rank.of(lanes[lane], ids[lane]));
            }
        }
        return rank;
    }

    private static FloatVector noise(int k0, int k1, IntVector id) {
        IntVector h = id.add(k0);
        h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_1);
        h = h.lanewise(XOR, h.lanewise(LSHR, 13)).mul(MIX_2);
        h = h.lanewise(XOR, h.lanewise(LSHR, 16)).add(k1);
        h = h.lanewise(XOR, h.lanewise(LSHR, 16)).mul(MIX_3);
        h = h.lanewise(XOR, h.lanewise(LSHR, 15)).mul(MIX_4);
        h = h.lanewise(XOR, h.lanewise(LSHR, 16));
        FloatVector w = unit(h);
        FloatVector wLog = VectorMath.log(w.neg(), FloatVector.zero(F));
        FloatVector restLog = VectorMath.log(unit(h.not()));
        return VectorMath.log(restLog.blend(wLog, w.compare(LT, DIRECT)).neg()).neg();
    }

    /** (h + 1/2) / 2^32 of an unsigned h. */
    private static FloatVector unit(IntVector h) {
        return ((FloatVector) h.lanewise(LSHR, 1).convert(I2F, 0)).fma(UNIT, HALF_STEP);
    }
}
