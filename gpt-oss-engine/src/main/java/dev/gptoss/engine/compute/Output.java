package dev.gptoss.engine.compute;

import org.jspecify.annotations.Nullable;

/**
 * One wanted row of logits: how to choose its token, and what came out. Order of work: logits, reserved ids masked,
 * {@code add} (penalties and bias), {@code mask} (constraint), temperature, top-k, top-p, min-p, Gumbel draw. Ties go to
 * the lower id. Allocated once, reused by every step.
 */
public final class Output {

    /** Index of the row in the step. */
    public int row;

    /** 0 is greedy. */
    public float temperature;

    /** 0 keeps all. */
    public int topK;

    /** 1 keeps all. */
    public float topP = 1;

    /** 0 keeps all. */
    public float minP;

    /** Seed of the noise. */
    public long seed;

    /** Position of the token to be drawn: with the seed and an id it defines the noise. */
    public int drawPosition;

    /**
     * One bit per vocabulary row, or null where every token is permitted. Not to be read before
     * {@link Step#awaitMasks}.
     */
    public long @Nullable [] mask;

    /** Used entries of {@link #addIds} and {@link #addValues}. */
    public int adds;

    /** Ids, each once, whose logits get {@link #addValues}. */
    public int[] addIds = new int[0];

    public float[] addValues = new float[0];

    /** Wanted number of most likely candidates by raw logits, before any mask or temperature; 0 for none. */
    public int candidates;

    /** Where the whole row of raw logits (vocab) is wanted, or null. */
    public float @Nullable [] logits;

    /** Whether {@link #tokenLogprob} and {@link #logSum} are wanted; implied by candidates. */
    public boolean wantsLogprob;

    // ---- results ----

    /** The chosen token. */
    public int token;

    /** Log-probability of {@link #token} over the whole vocabulary, before any mask, at temperature 1. */
    public float tokenLogprob;

    /** log of the sum of exp of all raw logits. */
    public float logSum;

    /** Candidates by falling raw logit, ties by rising id. */
    public int[] candidateIds = new int[0];

    public float[] candidateLogprobs = new float[0];

    /** Back to a greedy choice of one token for a row. */
    public Output reset(int row, int drawPosition) {
        this.row = row;
        this.drawPosition = drawPosition;
        temperature = 0;
        topK = 0;
        topP = 1;
        minP = 0;
        seed = 0;
        mask = null;
        adds = 0;
        candidates = 0;
        logits = null;
        wantsLogprob = false;
        return this;
    }
}
