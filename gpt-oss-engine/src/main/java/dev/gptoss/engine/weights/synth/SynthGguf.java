package dev.gptoss.engine.weights.synth;

import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.gguf.GgufHeaderWriter;
import dev.gptoss.engine.weights.synth.SyntheticModel.Dense;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.nio.file.Path;
import java.util.List;

/** The tensors and metadata of a GGUF file as llama.cpp's converter writes them. */
final class SynthGguf {
    private static final int FILE_TYPE_MXFP4 = 38;

    private final SyntheticModel model;
    private final ModelConfig config;
    private final Contents contents;
    private final GgufHeaderWriter header = new GgufHeaderWriter();
    private final TensorPlan plan = new TensorPlan();

    private SynthGguf(SyntheticModel model, Contents contents) {
        this.model = model;
        this.config = model.config();
        this.contents = contents;
    }

    static DataFile file(SyntheticModel model, Contents contents, TokenSource tokens, Path path) {
        var gguf = new SynthGguf(model, contents);
        gguf.metadata();
        new TokenMetadata(tokens, model.config().vocabulary()).write(gguf.header);
        gguf.tensors();
        return gguf.file(path);
    }

    private void metadata() {
        RopeConfig rope = config.rope();
        String key = "gpt-oss.";
        header.text("general.architecture", "gpt-oss")
                .text("general.type", "model")
                .text("general.name", "Synthetic gpt-oss")
                .count("general.file_type", FILE_TYPE_MXFP4)
                .count("general.quantization_version", 2)
                .count(key + "block_count", config.layers())
                .count(key + "context_length", config.maxContext())
                .count(key + "embedding_length", config.hiddenSize())
                .count(key + "feed_forward_length", config.intermediateSize())
                .count(key + "expert_feed_forward_length", config.intermediateSize())
                .count(key + "attention.head_count", config.heads())
                .count(key + "attention.head_count_kv", config.kvHeads())
                .count(key + "attention.key_length", config.headDim())
                .count(key + "attention.value_length", config.headDim())
                .number(key + "attention.layer_norm_rms_epsilon", config.rmsNormEps())
                .count(key + "attention.sliding_window", config.slidingWindow())
                .count(key + "expert_count", config.experts())
                .count(key + "expert_used_count", config.expertsPerToken())
                .number(key + "rope.freq_base", (float) rope.theta())
                .text(key + "rope.scaling.type", "yarn")
                .number(key + "rope.scaling.factor", (float) rope.factor())
                .count(key + "rope.scaling.original_context_length", rope.originalContext())
                .number(key + "rope.scaling.yarn_beta_fast", (float) rope.betaFast())
                .number(key + "rope.scaling.yarn_beta_slow", (float) rope.betaSlow());
    }

    private void tensors() {
        int hidden = config.hiddenSize();
        dense("token_embd.weight", config.vocabulary(), hidden, Gain.EMBEDDING * Math.sqrt(hidden));
        vector("output_norm.weight", hidden, Gain.NORM_MEAN, Gain.NORM);
        dense("output.weight", config.vocabulary(), hidden, Gain.HEAD);
        for (int layer = 0; layer < config.layers(); layer++) {
            layer("blk." + layer + ".");
        }
    }

    private void layer(String at) {
        int hidden = config.hiddenSize();
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        vector(at + "attn_norm.weight", hidden, Gain.NORM_MEAN, Gain.NORM);
        vector(at + "post_attention_norm.weight", hidden, Gain.NORM_MEAN, Gain.NORM);
        linear(at + "attn_q", queries, hidden, Gain.QUERY_KEY, Gain.BIAS);
        linear(at + "attn_k", keys, hidden, Gain.QUERY_KEY, Gain.BIAS);
        linear(at + "attn_v", keys, hidden, Gain.VALUE, Gain.BIAS);
        linear(at + "attn_output", hidden, queries, Gain.ATTENTION_OUTPUT, Gain.OUTPUT_BIAS);
        vector(at + "attn_sinks.weight", config.heads(), 0, Gain.SINK);
        String router = at + "ffn_gate_inp";
        add(
                router + ".weight",
                TensorType.F32,
                List.of(config.experts(), hidden),
                contents.floats(router + ".weight", hidden, 0, Contents.deviation(hidden, Gain.ROUTER)),
                false);
        vector(router + ".bias", config.experts(), 0, Gain.BIAS);
        experts(at + "ffn_gate_exps", config.intermediateSize(), hidden, Gain.GATE_UP, Gain.BIAS);
        experts(at + "ffn_up_exps", config.intermediateSize(), hidden, Gain.GATE_UP, Gain.BIAS);
        experts(at + "ffn_down_exps", hidden, config.intermediateSize(), Gain.DOWN, Gain.OUTPUT_BIAS);
    }

    private void linear(String prefix, int rows, int columns, double gain, double bias) {
        dense(prefix + ".weight", rows, columns, gain);
        vector(prefix + ".bias", rows, 0, bias);
    }

    private void dense(String name, int rows, int columns, double gain) {
        boolean q8 = model.dense() == Dense.Q8_0;
        add(
                name,
                q8 ? TensorType.Q8_0 : TensorType.BF16,
                List.of(rows, columns),
                q8
                        ? contents.q8(name, columns, gain)
                        : contents.bfloats(name, columns, 0, Contents.deviation(columns, gain)),
                model.sparse());
    }

    private void experts(String prefix, int rows, int columns, double gain, double bias) {
        String weight = prefix + ".weight";
        add(
                weight,
                TensorType.MXFP4,
                List.of(config.experts(), rows, columns),
                contents.mxfp4(weight, columns, gain)::fill,
                model.sparse());
        add(
                prefix + ".bias",
                TensorType.F32,
                List.of(config.experts(), rows),
                contents.floats(prefix + ".bias", rows, 0, bias),
                false);
    }

    private void vector(String name, int length, double mean, double deviation) {
        add(name, TensorType.F32, List.of(length), contents.floats(name, length, mean, deviation), false);
    }

    private void add(String name, TensorType type, List<Integer> shape, RowFiller filler, boolean isHole) {
        List<Long> extents = shape.stream().map(Integer::longValue).toList();
        header.tensor(name, type, extents);
        long columns = extents.getLast();
        long rows = extents.stream().reduce(1L, Math::multiplyExact) / columns;
        plan.add(rows, type.bytes(columns), filler, isHole);
    }

    private DataFile file(Path path) {
        return new DataFile(path, header.header(), plan.placed(header.offsets()), header.dataBytes());
    }
}
