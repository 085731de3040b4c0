package dev.gptoss.engine.weights;

/** What a layer's attention sees. */
public enum LayerType {
    /** The last {@link ModelConfig#slidingWindow()} positions, the token's own included. */
    SLIDING_ATTENTION,
    /** Every position up to the token's own. */
    FULL_ATTENTION
}
