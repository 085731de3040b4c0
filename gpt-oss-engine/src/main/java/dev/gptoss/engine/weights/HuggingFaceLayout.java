package dev.gptoss.engine.weights;

/** Names of the Hugging Face safetensors. */
record HuggingFaceLayout(ModelConfig config, ModelTensors tensors) implements Layout {
    @Override
    public WeightMatrix embedding() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "model.embed_tokens.weight");
    }

    @Override
    public WeightVector finalNorm() {
        return tensors.vector(config.hiddenSize(), "model.norm.weight");
    }

    @Override
    public WeightMatrix head() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "lm_head.weight");
    }

    @Override
    public LayerWeights layer(int layer) {
        String at = "model.layers." + layer + ".";
        int hidden = config.hiddenSize();
        return new LayerWeights(
                tensors.vector(hidden, at + "input_layernorm.weight"),
                tensors.linear(config.queryWidth(), hidden, at + "self_attn.q_proj"),
                tensors.linear(config.keyValueWidth(), hidden, at + "self_attn.k_proj"),
                tensors.linear(config.keyValueWidth(), hidden, at + "self_attn.v_proj"),
                tensors.linear(hidden, config.queryWidth(), at + "self_attn.o_proj"),
                tensors.vector(config.heads(), at + "self_attn.sinks"),
                tensors.vector(hidden, at + "post_attention_layernorm.weight"),
                tensors.linear(config.experts(), hidden, at + "mlp.router"),
                new SafetensorsExperts(
                                config,
                                tensors,
                                expertNames(at + "mlp.experts.gate_up_proj"),
                                expertNames(at + "mlp.experts.down_proj"))
                        .all());
    }

    private static SafetensorsExperts.Names expertNames(String name) {
        return new SafetensorsExperts.Names(name + "_blocks", name + "_scales", name + "_bias", name);
    }
}
