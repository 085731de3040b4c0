package dev.gptoss.engine.compute;

/**
 * How the matrices of attention and the head are held in fast precision where the file has them in 16 or 32 bits. Exact
 * precision holds them as stored, and so do router, norms and embedding in any.
 */
public enum DenseWeights {
    /** In the type of the file: BF16 reads twice the bytes of {@link #Q8_0} for each token. */
    AS_STORED,
    /** Signed bytes under an F16 scale for each 32 columns, rounded while loading: the default, at a published error. */
    Q8_0
}
