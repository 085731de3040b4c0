package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.gguf.GgufMetadata;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The configuration in a GGUF file's metadata; sizes that old files leave out are taken from their tensors. */
final class GgufConfig {
    /** Architecture name, and key prefix, of llama.cpp's files. */
    private static final String LLAMA = "gpt-oss";

    /** The same of Ollama's. */
    private static final String OLLAMA = "gptoss";

    private final GgufMetadata metadata;
    private final TensorSet tensors;
    private final String architecture;

    private GgufConfig(GgufMetadata metadata, TensorSet tensors) {
        this.metadata = metadata;
        this.tensors = tensors;
        String name = metadata.text("general.architecture");
        if (name == null || !(name.equals(LLAMA) || name.equals(OLLAMA))) {
            throw metadata.file()
                    .fault("general.architecture is " + name + ", expected " + LLAMA + " or " + OLLAMA
                            + ". This engine runs gpt-oss models: give one of these.");
        }
        this.architecture = name;
    }

    static ModelConfig read(GgufMetadata metadata, TensorSet tensors) {
        return new GgufConfig(metadata, tensors).read();
    }

    /** Whether a fused gate_up alternates its rows, as in Ollama's old files. */
    static boolean interleavesGateUp(GgufMetadata metadata) {
        return OLLAMA.equals(metadata.text("general.architecture"));
    }

    private ModelConfig read() {
        int layers = metadata.integer(key("block_count"));
        int hidden = metadata.integer(key("embedding_length"));
        int heads = metadata.integer(key("attention.head_count"));
        int headDim = metadata.integer(key("attention.key_length"), heads == 0 ? 0 : hidden / heads);
        int valueLength = metadata.integer(key("attention.value_length"), headDim);
        if (valueLength != headDim) {
            throw metadata.file()
                    .fault(key("attention.value_length") + " is " + valueLength + ", expected " + headDim + " as "
                            + key("attention.key_length") + ". Convert the model again.");
        }
        RopeConfig rope = rope();
        return new ModelConfig(
                hidden,
                intermediateSize(),
                heads,
                metadata.integer(key("attention.head_count_kv"), heads),
                headDim,
                metadata.integer(key("expert_count")),
                metadata.integer(key("expert_used_count"), Defaults.EXPERTS_PER_TOKEN),
                rows("token_embd.weight"),
                metadata.integer(key("attention.sliding_window")),
                layerTypes(layers),
                (float) metadata.number(key("attention.layer_norm_rms_epsilon"), Defaults.RMS_NORM_EPS),
                rope,
                metadata.integer(key("context_length"), (int) (rope.originalContext() * rope.factor())),
                (float) Defaults.SWIGLU_ALPHA,
                (float) Defaults.SWIGLU_LIMIT);
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private RopeConfig rope() {
        String type = metadata.text(key("rope.scaling.type"));
        boolean scaled = type == null || type.equals("yarn");
        if (!scaled && !"none".equals(type)) {
            throw metadata.file()
                    .fault(key("rope.scaling.type") + " is " + type
                            + ", expected yarn or none. Convert the model again.");
        }
        double attention = metadata.number(key("rope.scaling.attn_factor"), 1);
        if (attention != 1) {
            throw metadata.file()
                    .fault(key("rope.scaling.attn_factor") + " is " + attention
                            + ", supported is 1. Convert the model again without it.");
        }
        return new RopeConfig(
                metadata.number(key("rope.freq_base"), Defaults.ROPE_THETA),
                scaled ? metadata.number(key("rope.scaling.factor"), Defaults.YARN_FACTOR) : 1,
                metadata.number(key("rope.scaling.yarn_beta_fast"), Defaults.YARN_BETA_FAST),
                metadata.number(key("rope.scaling.yarn_beta_slow"), Defaults.YARN_BETA_SLOW),
                metadata.integer(key("rope.scaling.original_context_length"), Defaults.ORIGINAL_CONTEXT),
                false);
    }

    private int intermediateSize() {
        if (metadata.has(key("expert_feed_forward_length"))) {
            return metadata.integer(key("expert_feed_forward_length"));
        }
        // Whether gate and up are apart or fused, down is (E, D, I).
        StoredTensor down = tensors.find("blk.0.ffn_down_exps.weight");
        if (down != null) {
            return extent(down, down.shape().getLast());
        }
        return metadata.integer(key("feed_forward_length"));
    }

    private int rows(String name) {
        StoredTensor tensor = tensors.find(name);
        if (tensor == null || tensor.shape().size() != 2) {
            throw new WeightsException(metadata.file().name() + ": has no matrix " + name
                    + ", expected one with a row for each token. The model is incomplete: fetch it again.");
        }
        return extent(tensor, tensor.shape().getFirst());
    }

    private static int extent(StoredTensor tensor, long extent) {
        if (extent > ModelConfig.WIDEST) {
            throw tensor.fault("has shape " + StoredTensor.shapeText(tensor.shape()) + ", expected at most "
                    + ModelConfig.WIDEST + ". The file is damaged: fetch it again.");
        }
        return (int) extent;
    }

    /** A period p (the last of every p layers is full) or a truth value for each layer (true: it slides). */
    private List<LayerType> layerTypes(int layers) {
        String key = key("attention.sliding_window_pattern");
        if (!metadata.has(key)) {
            return Defaults.alternating(layers);
        }
        long @Nullable [] slides = metadata.array(key);
        if (slides == null) {
            int period = metadata.integer(key);
            return types(layers, layer -> period == 0 || layer % period < period - 1);
        }
        if (slides.length != layers) {
            throw metadata.file()
                    .fault(key + " has " + slides.length + " entries, expected " + layers
                            + ", one for each layer. Convert the model again.");
        }
        return types(layers, layer -> slides[layer] != 0);
    }

    private static List<LayerType> types(int layers, IntPredicate slides) {
        return IntStream.range(0, Math.clamp(layers, 0, ModelConfig.MOST_LAYERS + 1))
                .mapToObj(layer -> slides.test(layer) ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION)
                .toList();
    }
}
