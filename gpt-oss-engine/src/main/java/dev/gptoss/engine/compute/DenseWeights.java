package dev.gptoss.engine.compute;

/**
 * How the matrices of attention and the head are held in fast precision where the file has them in 16 or 32 bits. Exact
 * precision holds them as stored, and so do router, norms and embedding in any.
 */
public enum DenseWeights {
    /** {@link #Q8_0} for a model that is large enough to gain by it, else {@link #AS_STORED}: the default. */
    AUTO,
    /** In the type of the file: BF16 reads twice the bytes of {@link #Q8_0} for each token. */
    AS_STORED,
    /** Signed bytes under an F16 scale for each 32 columns, rounded while loading, at a published error. */
    Q8_0
}
