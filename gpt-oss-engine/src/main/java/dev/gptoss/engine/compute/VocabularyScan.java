package dev.gptoss.engine.compute;

/**
 * The passes over a whole row of logits that sampling needs. An implementer may use lanes; results are the same bits.
 * Has scratch: one thread at a time.
 */
public interface VocabularyScan {

    /** Elements summed in F32 before they join an F64 sum. */
    int SUM_BLOCK = 1024;

    /** Partial sums of a block: element i of the block joins sum i % 16. */
    int SUM_LANES = 16;

    /** The highest of {@code logits[from, to)}, minus infinity if none is a number. */
    float highest(float[] logits, int from, int to);

    /**
     * Sum of exp(logit - highest) over {@code logits[from, to)}: in blocks of {@link #SUM_BLOCK} counted from
     * {@code from}, each in {@link #SUM_LANES} sums folded by halves, the blocks added in order in F64.
     */
    double sumOfExponentials(float[] logits, int from, int to, float highest);

    /** The best {@link Rank} of {@code logits[at + id]} for ids in [from, to), or {@link Rank#NONE}. */
    long best(float[] logits, int at, int from, int to);

    /**
     * The best {@link Rank} of {@code logits[at + id] / temperature + noise} for ids in [from, to) whose logit is at
     * least {@code lowest}, or {@link Rank#NONE}.
     */
    long bestWithNoise(float[] logits, int at, int from, int to, float lowest, float temperature, long key);
}
