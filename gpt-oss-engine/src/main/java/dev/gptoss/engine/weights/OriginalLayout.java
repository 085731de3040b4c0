package dev.gptoss.engine.weights;

/** Names of OpenAI's {@code original} safetensors. */
record OriginalLayout(ModelConfig config, ModelTensors tensors) implements Layout {
    @Override
    public WeightMatrix embedding() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "embedding.weight");
    }

    @Override
    public WeightVector finalNorm() {
        return tensors.vector(config.hiddenSize(), "norm.scale");
    }

    @Override
    public WeightMatrix head() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "unembedding.weight");
    }

    @Override
    public LayerWeights layer(int layer) {
        String at = "block." + layer + ".";
        int hidden = config.hiddenSize();
        FusedQkv qkv = FusedQkv.of(config, tensors, at + "attn.qkv");
        return new LayerWeights(
                tensors.vector(hidden, at + "attn.norm.scale"),
                qkv.query(),
                qkv.key(),
                qkv.value(),
                tensors.linear(hidden, config.queryWidth(), at + "attn.out"),
                tensors.vector(config.heads(), at + "attn.sinks"),
                tensors.vector(hidden, at + "mlp.norm.scale"),
                tensors.linear(config.experts(), hidden, at + "mlp.gate"),
                new SafetensorsExperts(config, tensors, expertNames(at + "mlp.mlp1"), expertNames(at + "mlp.mlp2"))
                        .all());
    }

    private static SafetensorsExperts.Names expertNames(String name) {
        return new SafetensorsExperts.Names(
                name + "_weight.blocks", name + "_weight.scales", name + "_bias", name + "_weight");
    }
}
