package dev.gptoss.engine.weights.synth;

/**
 * By how much each matrix scales a vector of unit deviation; biases, sinks and norms by their own deviation. Chosen so
 * that the token's own embedding stays the larger part of the residual stream through 36 layers: tokens then differ
 * everywhere, and routing spreads over all experts as it does in the trained models.
 */
final class Gain {
    static final double EMBEDDING = 1;
    static final double NORM_MEAN = 1;
    static final double NORM = 0.1;
    static final double QUERY_KEY = 0.9;
    static final double VALUE = 1;
    /** Above about 0.3 what all tokens share grows from layer to layer until nothing else is left. */
    static final double ATTENTION_OUTPUT = 0.25;

    static final double SINK = 1;
    static final double ROUTER = 1.5;
    static final double GATE_UP = 1.2;
    static final double DOWN = 0.2;
    /** Gives logits the deviation of the trained models, 2 to 3. */
    static final double HEAD = 2.5;

    static final double BIAS = 0.05;
    static final double OUTPUT_BIAS = 0.02;

    private Gain() {}
}
