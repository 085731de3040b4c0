package dev.gptoss.engine.weights.synth;

import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code config.json} of a Hugging Face folder. */
final class ConfigWriter {
    private ConfigWriter() {}

    static byte[] json(ModelConfig config) {
        var mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.putArray("architectures").add("GptOssForCausalLM");
        root.put("model_type", "gpt_oss")
                .put("attention_bias", true)
                .put("num_hidden_layers", config.layers())
                .put("num_local_experts", config.experts())
                .put("num_experts_per_tok", config.expertsPerToken())
                .put("experts_per_token", config.expertsPerToken())
                .put("hidden_size", config.hiddenSize())
                .put("intermediate_size", config.intermediateSize())
                .put("num_attention_heads", config.heads())
                .put("num_key_value_heads", config.kvHeads())
                .put("head_dim", config.headDim())
                .put("vocab_size", config.vocabulary())
                .put("sliding_window", config.slidingWindow())
                .put("rms_norm_eps", Double.parseDouble(Float.toString(config.rmsNormEps())))
                .put("swiglu_alpha", Double.parseDouble(Float.toString(config.swigluAlpha())))
                .put("swiglu_limit", Double.parseDouble(Float.toString(config.swigluLimit())))
                .put("rope_theta", config.rope().theta())
                .put("initial_context_length", config.rope().originalContext())
                .put("max_position_embeddings", config.maxContext())
                .put("hidden_act", "silu")
                .put("tie_word_embeddings", false)
                .put("torch_dtype", "bfloat16")
                .put("eos_token_id", 200_002)
                .put("pad_token_id", 199_999);
        ArrayNode layerTypes = root.putArray("layer_types");
        for (LayerType type : config.layerTypes()) {
            layerTypes.add(type.name().toLowerCase(Locale.ROOT));
        }
        RopeConfig rope = config.rope();
        root.putObject("rope_scaling")
                .put("rope_type", "yarn")
                .put("factor", rope.factor())
                .put("beta_fast", rope.betaFast())
                .put("beta_slow", rope.betaSlow())
                .put("original_max_position_embeddings", rope.originalContext())
                .put("truncate", rope.truncate());
        root.putObject("quantization_config").put("quant_method", "mxfp4");
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    }
}
