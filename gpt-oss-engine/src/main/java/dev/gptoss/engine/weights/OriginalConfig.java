package dev.gptoss.engine.weights;

/** The {@code config.json} of OpenAI's {@code original} folder. */
final class OriginalConfig {
    private OriginalConfig() {}

    /** Whether {@code json} is of this layout rather than of Hugging Face's. */
    static boolean matches(ConfigJson json) {
        return json.has("num_experts") && !json.has("num_local_experts");
    }

    static ModelConfig read(ConfigJson json) {
        int layers = json.integer("num_hidden_layers");
        var rope = new RopeConfig(
                json.number("rope_theta", Defaults.ROPE_THETA),
                json.number("rope_scaling_factor", Defaults.YARN_FACTOR),
                json.number("rope_ntk_beta", Defaults.YARN_BETA_FAST),
                json.number("rope_ntk_alpha", Defaults.YARN_BETA_SLOW),
                json.integer("initial_context_length", Defaults.ORIGINAL_CONTEXT),
                false);
        return new ModelConfig(
                json.integer("hidden_size"),
                json.integer("intermediate_size"),
                json.integer("num_attention_heads"),
                json.integer("num_key_value_heads"),
                json.integer("head_dim"),
                json.integer("num_experts"),
                json.integer("experts_per_token", Defaults.EXPERTS_PER_TOKEN),
                json.integer("vocab_size"),
                json.integer("sliding_window"),
                Defaults.alternating(layers),
                (float) Defaults.RMS_NORM_EPS,
                rope,
                (int) (rope.originalContext() * rope.factor()),
                (float) json.number("swiglu_alpha", Defaults.SWIGLU_ALPHA),
                (float) json.number("swiglu_limit", Defaults.SWIGLU_LIMIT));
    }
}
