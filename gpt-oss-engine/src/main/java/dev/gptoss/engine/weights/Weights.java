package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.WeightsException;
import java.nio.file.Path;
import java.util.List;

/**
 * An open model: its configuration, and its weights by their place in the architecture. Nothing is read before it is
 * asked for and nothing is kept; matrices and vectors are usable until {@link #close()}.
 */
public interface Weights extends AutoCloseable {
    /**
     * Opens the model at {@code path}: a Hugging Face folder ({@code config.json} with sharded or single safetensors),
     * an {@code original} folder, a GGUF file or the first of a split one, or a folder with one GGUF model. Headers and
     * shapes are checked here, before anything large is allocated.
     *
     * @throws WeightsException naming the file, the tensor, what was expected, what was found and the way out
     */
    static Weights open(Path path) {
        return ModelSource.open(path);
    }

    ModelConfig config();

    /** (vocabulary, D). */
    WeightMatrix embedding();

    /** {@code layers()} of them. */
    LayerWeights layer(int layer);

    /** (D). */
    WeightVector finalNorm();

    /** The unembedding, (vocabulary, D), without bias. */
    WeightMatrix head();

    /** The file or folder, for messages. */
    String source();

    /** Its files with tensors; none if it has no files. */
    default List<Path> files() {
        return List.of();
    }

    /** Bytes of all tensors in the files. */
    long byteSize();

    /** Closes the files. Later reads fail with {@link IllegalStateException}. */
    @Override
    void close();
}
