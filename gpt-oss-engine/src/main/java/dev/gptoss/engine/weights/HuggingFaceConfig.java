package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.WeightsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The {@code config.json} of a Hugging Face folder, in the spelling of transformers 4 and of 5. */
final class HuggingFaceConfig {
    private final ConfigJson json;

    private HuggingFaceConfig(ConfigJson json) {
        this.json = json;
    }

    static ModelConfig read(ConfigJson json) {
        return new HuggingFaceConfig(json).read();
    }

    private ModelConfig read() {
        String type = json.text("model_type");
        if (type != null && !type.equals("gpt_oss")) {
            throw json.wrong("model_type", "gpt_oss");
        }
        int layers = json.integer("num_hidden_layers");
        RopeConfig rope = rope();
        return new ModelConfig(
                json.integer("hidden_size"),
                json.integer("intermediate_size"),
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads"),
                json.integer("head_dim"),
                json.integer("num_local_experts"),
                json.has("num_experts_per_tok")
                        ? json.integer("num_experts_per_tok")
                        : json.integer("experts_per_token", Defaults.EXPERTS_PER_TOKEN),
                json.integer("vocab_size"),
                json.integer("sliding_window"),
                json.has("layer_types") ? layerTypes(layers) : Defaults.alternating(layers),
                (float) json.number("rms_norm_eps", Defaults.RMS_NORM_EPS),
                rope,
                json.integer("max_position_embeddings", (int) (rope.originalContext() * rope.factor())),
                (float) json.number("swiglu_alpha", Defaults.SWIGLU_ALPHA),
                (float) json.number("swiglu_limit", Defaults.SWIGLU_LIMIT));
    }

    private List<LayerType> layerTypes(int layers) {
        JsonNode names = json.node().get("layer_types");
        if (!names.isArray() || names.size() != layers) {
            throw json.wrong("layer_types", "an array of " + layers + " names");
        }
        var types = new ArrayList<LayerType>();
        for (JsonNode name : names) {
            types.add(
                    switch (name.isString() ? name.stringValue() : "") {
                        case "sliding_attention" -> LayerType.SLIDING_ATTENTION;
                        case "full_attention" -> LayerType.FULL_ATTENTION;
                        default -> throw json.wrong("layer_types", "names sliding_attention or full_attention");
                    });
        }
        return types;
    }

    /** {@code rope_theta} beside {@code rope_scaling}, or both in {@code rope_parameters}. */
    private RopeConfig rope() {
        ConfigJson both = json.child("rope_parameters");
        ConfigJson scaling = both != null ? both : json.child("rope_scaling");
        double theta = both != null && both.has("rope_theta")
                ? both.number("rope_theta", Defaults.ROPE_THETA)
                : json.number("rope_theta", Defaults.ROPE_THETA);
        int trained = json.integer("initial_context_length", json.integer("max_position_embeddings", 0));
        if (scaling == null || isUnscaled(scaling)) {
            return new RopeConfig(theta, 1, Defaults.YARN_BETA_FAST, Defaults.YARN_BETA_SLOW, trained, false);
        }
        double factor = scaling.number("factor", Double.NaN);
        requireStandardAttention(scaling, factor);
        return new RopeConfig(
                theta,
                factor,
                scaling.number("beta_fast", Defaults.YARN_BETA_FAST),
                scaling.number("beta_slow", Defaults.YARN_BETA_SLOW),
                scaling.integer("original_max_position_embeddings", trained),
                // transformers rounds the bounds unless told not to; the published models tell it so.
                scaling.fact("truncate", true));
    }

    private boolean isUnscaled(ConfigJson scaling) {
        String type = scaling.text("rope_type");
        String name = type != null ? type : scaling.text("type");
        if (name == null || name.equals("yarn")) {
            return false;
        }
        if (name.equals("default")) {
            return true;
        }
        throw scaling.wrong(type != null ? "rope_type" : "type", "yarn or default");
    }

    /** Other attention factors than YaRN's own would need another softmax scale. */
    private static void requireStandardAttention(ConfigJson scaling, double factor) {
        double own = 0.1 * Math.log(factor) + 1;
        @Nullable String strange = null;
        if (Math.abs(scaling.number("attention_factor", own) - own) > 1e-6) {
            strange = "attention_factor";
        } else if (scaling.number("mscale", 1) != 1) {
            strange = "mscale";
        } else if (scaling.number("mscale_all_dim", 0) != 0) {
            strange = "mscale_all_dim";
        }
        if (strange != null) {
            throw new WeightsException(scaling.file() + ": " + scaling.path() + strange + " is "
                    + scaling.node().get(strange) + ", supported is YaRN's own (0.1 ln factor + 1 = " + own
                    + "). Remove the key if the model was trained without it.");
        }
    }
}
