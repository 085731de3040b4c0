package dev.gptoss.engine.compute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a token from a row of raw logits as {@link Output} asks: {@link #prepare}, then {@link #best} over ranges of
 * ids, in any order or on several threads, then {@link #finish} with the best of all. Nothing is allocated once scratch
 * has grown to the largest request.
 */
public final class Draw {

    private final int vocabulary;
    private final VocabularyScan scan;
    private final Nucleus nucleus;
    private final RankHeap heap = new RankHeap();
    private float[] before = new float[0];

    /** Lowest permitted rank by logit after masks. */
    private long cut;

    private long key;

    public Draw(int vocabulary, VocabularyScan scan) {
        this.vocabulary = vocabulary;
        this.scan = scan;
        this.nucleus = new Nucleus(vocabulary, heap);
    }

    /** All of it on one thread: the result is in {@code output}. */
    public void choose(float[] logits, int at, Output output) {
        prepare(logits, at, output);
        finish(logits, at, output, best(logits, at, 0, vocabulary, output, scan));
    }

    /**
     * Reads what is wanted of the raw logits, then changes them by reserved ids, {@code add} and {@code mask}.
     *
     * @param logits raw logits of the row from {@code at} on, (vocabulary); changed
     */
    public void prepare(float[] logits, int at, Output output) {
        if (output.logits != null) {
            System.arraycopy(logits, at, output.logits, 0, vocabulary);
        }
        if (output.wantsLogprob || output.candidates > 0) {
            float highest = scan.highest(logits, at, at + vocabulary);
            output.logSum =
                    (float) (highest + StrictMath.log(scan.sumOfExponentials(logits, at, at + vocabulary, highest)));
            listCandidates(logits, at, output);
        }
        add(logits, at, output);
        ReservedTokens.mask(logits, at, vocabulary);
        mask(logits, at, output.mask);
        key = GumbelNoise.key(output.seed, output.drawPosition);
        cut = output.temperature > 0 ? cut(logits, at, output) : Rank.NONE;
    }

    /** The best rank of ids [from, to), or {@link Rank#NONE}. Several threads may ask, each with its own scan. */
    public long best(float[] logits, int at, int from, int to, Output output, VocabularyScan scan) {
        if (output.temperature <= 0) {
            return scan.best(logits, at, from, to);
        }
        if (cut == Rank.NONE) {
            return scan.bestWithNoise(logits, at, from, to, Float.NEGATIVE_INFINITY, output.temperature, key);
        }
        // of the ids whose logit equals the cut's only those up to the cut's are in
        float lowest = Rank.score(cut);
        int split = Math.clamp(Rank.id(cut) + 1, from, to);
        long head = scan.bestWithNoise(logits, at, from, split, lowest, output.temperature, key);
        long tail = scan.bestWithNoise(logits, at, split, to, Math.nextUp(lowest), output.temperature, key);
        return Math.max(head, tail);
    }

    /** Writes the chosen token: -1 if no token was permitted or no logit was a number. */
    public void finish(float[] logits, int at, Output output, long best) {
        output.token = best == Rank.NONE ? -1 : Rank.id(best);
        for (int j = 0; j < output.adds; j++) {
            logits[at + output.addIds[j]] = before[j];
        }
        if ((output.wantsLogprob || output.candidates > 0) && output.token >= 0) {
            output.tokenLogprob = logits[at + output.token] - output.logSum;
        }
    }

    private void listCandidates(float[] logits, int at, Output output) {
        int count = Math.min(output.candidates, vocabulary);
        if (output.candidateIds.length < count) {
            output.candidateIds = new int[count];
            output.candidateLogprobs = new float[count];
        }
        if (count == 0) {
            return;
        }
        heap.clear(count);
        for (int id = 0; id < vocabulary; id++) {
            heap.offer(rank(logits[at + id], id), count);
        }
        for (int i = heap.size() - 1; i >= 0; i--) {
            long rank = heap.removeLowest();
            output.candidateIds[i] = Rank.id(rank);
            output.candidateLogprobs[i] = Rank.score(rank) - output.logSum;
        }
    }

    private void add(float[] logits, int at, Output output) {
        if (before.length < output.adds) {
            before = new float[Math.max(output.adds, 2 * before.length)];
        }
        for (int j = 0; j < output.adds; j++) {
            int place = at + output.addIds[j];
            before[j] = logits[place];
            logits[place] += output.addValues[j];
        }
    }

    private void mask(float[] logits, int at, long @Nullable [] mask) {
        if (mask == null) {
            return;
        }
        for (int word = 0; word << 6 < vocabulary; word++) {
            int first = word << 6;
            int last = Math.min(first + 64, vocabulary);
            long permitted = mask[word];
            if (permitted == 0) {
                Arrays.fill(logits, at + first, at + last, Float.NEGATIVE_INFINITY);
            } else if (permitted != -1) {
                for (int id = first; id < last; id++) {
                    if ((permitted >>> id & 1) == 0) {
                        logits[at + id] = Float.NEGATIVE_INFINITY;
                    }
                }
            }
        }
    }

    /** The lowest rank that top-k, top-p and min-p leave, each narrowing what the one before left. */
    private long cut(float[] logits, int at, Output output) {
        long cut = Rank.NONE;
        if (output.topK > 0 && output.topK < vocabulary) {
            heap.clear(output.topK);
            for (int id = 0; id < vocabulary; id++) {
                if (logits[at + id] > Float.NEGATIVE_INFINITY) {
                    heap.offer(Rank.of(logits[at + id], id), output.topK);
                }
            }
            cut = heap.size() < output.topK ? Rank.NONE : heap.lowest();
        }
        if (output.topP >= 1 && output.minP <= 0) {
            return cut;
        }
        float highest = scan.highest(logits, at, at + vocabulary);
        if (highest == Float.NEGATIVE_INFINITY) {
            return cut;
        }
        if (output.topP < 1) {
            cut = Math.max(cut, nucleus.cut(logits, at, highest, output.temperature, cut, output.topP));
        }
        if (output.minP > 0) {
            float lowest = (float) (highest + output.temperature * StrictMath.log(output.minP));
            cut = Math.max(cut, Rank.of(Math.min(lowest, highest), vocabulary));
        }
        return cut;
    }

    private static long rank(float logit, int id) {
        return Float.isNaN(logit) ? Rank.of(Float.NEGATIVE_INFINITY, id) : Rank.of(logit, id);
    }
}
