package dev.gptoss.engine.weights;

/**
 * An open model: its configuration, and its weights by their place in the architecture. Nothing is read before it is
 * asked for and nothing is kept; matrices and vectors are usable until {@link #close()}.
 */
public interface Weights extends AutoCloseable {
    ModelConfig config();

    /** (vocabulary, D). */
    WeightMatrix embedding();

    /** {@code layers()} of them. */
    LayerWeights layer(int layer);

    /** (D). */
    WeightVector finalNorm();

    /** The unembedding, (vocabulary, D), without bias. */
    WeightMatrix head();

    /** Closes the files. Later reads fail with {@link IllegalStateException}. */
    @Override
    void close();
}
