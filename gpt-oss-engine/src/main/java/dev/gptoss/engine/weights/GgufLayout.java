package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.RowRange.Rows;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names of GGUF files, llama.cpp's and Ollama's.
 *
 * @param interleavesGateUp whether a fused gate_up alternates gate and up rows (Ollama) or stacks them (llama.cpp)
 */
record GgufLayout(ModelConfig config, ModelTensors tensors, boolean interleavesGateUp) implements Layout {
    @Override
    public WeightMatrix embedding() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "token_embd.weight");
    }

    @Override
    public WeightVector finalNorm() {
        return tensors.vector(config.hiddenSize(), "output_norm.weight");
    }

    @Override
    public WeightMatrix head() {
        return tensors.matrix(config.vocabulary(), config.hiddenSize(), "output.weight");
    }

    @Override
    public LayerWeights layer(int layer) {
        String at = "blk." + layer + ".";
        int hidden = config.hiddenSize();
        FusedQkv qkv = qkv(at);
        String output = tensors.has(at + "attn_out.weight") ? at + "attn_out" : at + "attn_output";
        return new LayerWeights(
                tensors.vector(hidden, at + "attn_norm.weight"),
                qkv.query(),
                qkv.key(),
                qkv.value(),
                tensors.linear(hidden, config.queryWidth(), output),
                tensors.vector(config.heads(), at + "attn_sinks.weight", at + "attn_sinks"),
                tensors.vector(hidden, at + "post_attention_norm.weight", at + "ffn_norm.weight"),
                tensors.linear(config.experts(), hidden, at + "ffn_gate_inp"),
                experts(at));
    }

    private FusedQkv qkv(String at) {
        if (tensors.has(at + "attn_qkv.weight")) {
            return FusedQkv.of(config, tensors, at + "attn_qkv");
        }
        int hidden = config.hiddenSize();
        return new FusedQkv(
                tensors.linear(config.queryWidth(), hidden, at + "attn_q"),
                tensors.linear(config.keyValueWidth(), hidden, at + "attn_k"),
                tensors.linear(config.keyValueWidth(), hidden, at + "attn_v"));
    }

    private List<ExpertWeights> experts(String at) {
        int inner = config.intermediateSize();
        Stack down = stack(at + "ffn_down_exps", config.hiddenSize(), inner);
        Stack gate;
        Stack up;
        Placement gatePlace;
        Placement upPlace;
        if (tensors.has(at + "ffn_gate_up_exps.weight")) {
            gate = stack(at + "ffn_gate_up_exps", 2 * inner, config.hiddenSize());
            up = gate;
            gatePlace = interleavesGateUp ? new Placement(0, 2) : new Placement(0, 1);
            upPlace = interleavesGateUp ? new Placement(1, 2) : new Placement(inner, 1);
        } else {
            gate = stack(at + "ffn_gate_exps", inner, config.hiddenSize());
            up = stack(at + "ffn_up_exps", inner, config.hiddenSize());
            gatePlace = new Placement(0, 1);
            upPlace = gatePlace;
        }
        return IntStream.range(0, config.experts())
                .mapToObj(e -> new ExpertWeights(
                        gate.linear(e, "gate", gatePlace, inner),
                        up.linear(e, "up", upPlace, inner),
                        down.linear(e, "down", new Placement(0, 1), config.hiddenSize())))
                .toList();
    }

    private Stack stack(String prefix, int rows, int columns) {
        return new Stack(
                tensors.require(List.of(config.experts(), rows, columns), prefix + ".weight"),
                tensors.require(List.of(config.experts(), rows), prefix + ".bias"),
                rows,
                columns);
    }

    /** Where a part's rows are within an expert. */
    private record Placement(int first, int stride) {}

    private final class Stack {
        private final StoredTensor weight;
        private final StoredTensor bias;
        private final int rows;
        private final int columns;

        Stack(StoredTensor weight, StoredTensor bias, int rows, int columns) {
            this.weight = weight;
            this.bias = bias;
            this.rows = rows;
            this.columns = columns;
        }

        Linear linear(int e, String what, Placement place, int count) {
            long first = (long) e * rows + place.first();
            return tensors.part(
                    weight, bias, new Rows("expert " + e + " " + what, first, place.stride(), count), columns);
        }
    }
}
