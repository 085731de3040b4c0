package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes and constants of a gpt-oss model. A value of this type is consistent: the constructor refuses what no
 * forward pass can compute, all faults in one message.
 *
 * @param hiddenSize width of the residual stream, D
 * @param intermediateSize width inside an expert, I
 * @param heads query heads
 * @param kvHeads key and value heads; each serves {@code heads / kvHeads} consecutive query heads
 * @param headDim elements of a head, even
 * @param experts experts of a layer, E
 * @param expertsPerToken experts that see a token
 * @param vocabulary rows of the embedding and of the head
 * @param slidingWindow positions a sliding layer sees
 * @param layerTypes the attention of each layer, first layer first
 * @param rmsNormEps added to the mean square
 * @param rope position embedding
 * @param maxContext most positions the model was made for
 * @param swigluAlpha slope inside the gate's sigmoid
 * @param swigluLimit clamp of gate (from above) and up (both sides)
 */
public record ModelConfig(
        int hiddenSize,
        int intermediateSize,
        int heads,
        int kvHeads,
        int headDim,
        int experts,
        int expertsPerToken,
        int vocabulary,
        int slidingWindow,
        List<LayerType> layerTypes,
        float rmsNormEps,
        RopeConfig rope,
        int maxContext,
        float swigluAlpha,
        float swigluLimit) {
    /** Far above any model of this family; a larger count is a damaged file. */
    static final int MOST_LAYERS = 4096;

    static final int MOST_EXPERTS = 4096;
    static final int WIDEST = 1 << 24;

    public ModelConfig {
        layerTypes = List.copyOf(layerTypes);
        var faults = new Faults();
        faults.within("layers", layerTypes.size(), 1, MOST_LAYERS);
        faults.within("hidden size", hiddenSize, 1, WIDEST);
        faults.within("intermediate size", intermediateSize, 1, WIDEST);
        faults.within("heads", heads, 1, WIDEST);
        faults.within("key/value heads", kvHeads, 1, WIDEST);
        faults.within("head size", headDim, 2, WIDEST);
        faults.within("heads x head size", (long) heads * headDim, 1, WIDEST);
        faults.within("experts", experts, 1, MOST_EXPERTS);
        faults.within("experts per token", expertsPerToken, 1, Math.max(1, experts));
        faults.within("vocabulary", vocabulary, 1, WIDEST);
        faults.within("sliding window", slidingWindow, 1, Integer.MAX_VALUE);
        faults.within("maximum context", maxContext, 1, Integer.MAX_VALUE);
        faults.within("original context", rope.originalContext(), 1, Integer.MAX_VALUE);
        faults.require(
                kvHeads < 1 || heads % kvHeads == 0,
                "heads must be a multiple of key/value heads, are " + heads + " and " + kvHeads);
        faults.require(headDim % 2 == 0, "head size must be even for the rotation, is " + headDim);
        faults.above("RMS norm epsilon", rmsNormEps, 0);
        faults.above("RoPE theta", rope.theta(), 1);
        faults.require(
                rope.factor() >= 1 && Double.isFinite(rope.factor()),
                "YaRN factor must be at least 1, is " + rope.factor());
        faults.above("YaRN beta_slow", rope.betaSlow(), 0);
        faults.above("YaRN beta_fast", rope.betaFast(), rope.betaSlow());
        faults.above("SwiGLU alpha", swigluAlpha, 0);
        faults.above("SwiGLU limit", swigluLimit, 0);
        faults.throwIfAny();
    }

    /**
     * Reads a {@code config.json}, Hugging Face's or that of an {@code original} folder.
     *
     * @throws WeightsException naming the file and the key if it cannot be used
     */
    public static ModelConfig read(Path configJson) {
        return ModelSource.readConfig(ConfigJson.read(configJson));
    }

    /** Transformer layers, L. */
    public int layers() {
        return layerTypes.size();
    }

    /** Whether {@code layer} sees only its window. */
    public boolean slides(int layer) {
        return layerTypes.get(layer) == LayerType.SLIDING_ATTENTION;
    }

    /** Width of all query heads together; not the hidden size. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Width of all key heads, and of all value heads. */
    public int keyValueWidth() {
        return kvHeads * headDim;
    }

    private static final class Faults {
        private final List<String> found = new ArrayList<>();

        void within(String name, long value, long least, long most) {
            require(value >= least && value <= most, name + " must be " + least + " to " + most + ", is " + value);
        }

        void above(String name, double value, double bound) {
            require(value > bound && Double.isFinite(value), name + " must be above " + bound + ", is " + value);
        }

        void require(boolean holds, String otherwise) {
            if (!holds) {
                found.add(otherwise);
            }
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(
                        "Not a usable model configuration: " + String.join("; ", found) + ".");
            }
        }
    }
}
