package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.RowRange.Rows;
import dev.gptoss.engine.weights.tensor.Mxfp4;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Experts of the safetensors layouts. Row 2r of gate_up is gate row r, row 2r + 1 up row r; the bias alike.
 *
 * @param gateUp names of the gate_up tensors
 * @param down names of the down tensors
 */
record SafetensorsExperts(ModelConfig config, ModelTensors tensors, Names gateUp, Names down) {
    /**
     * @param codes (E, rows, groups, 16)
     * @param scales (E, rows, groups)
     * @param bias (E, rows)
     * @param dequantized (E, inputs, rows), instead of codes and scales
     */
    record Names(String codes, String scales, String bias, String dequantized) {}

    List<ExpertWeights> all() {
        int hidden = config.hiddenSize();
        int inner = config.intermediateSize();
        Stack gateUps = stack(gateUp, 2 * inner, hidden);
        Stack downs = stack(down, hidden, inner);
        return IntStream.range(0, config.experts())
                .mapToObj(e -> new ExpertWeights(
                        gateUps.linear(e, "gate", 0, 2, inner),
                        gateUps.linear(e, "up", 1, 2, inner),
                        downs.linear(e, "down", 0, 1, hidden)))
                .toList();
    }

    /** One matrix (rows, columns) for each expert, in either form. */
    private Stack stack(Names names, int rows, int columns) {
        int experts = config.experts();
        StoredTensor bias = tensors.require(List.of(experts, rows), names.bias());
        if (tensors.has(names.dequantized())) {
            StoredTensor plain = tensors.require(List.of(experts, columns, rows), names.dequantized());
            return new Stack(rows, bias, (e, part) -> tensors.transposedRows(plain, e, part, columns));
        }
        int groups = Math.ceilDiv(columns, Mxfp4.VALUES);
        StoredTensor codes = tensors.require(List.of(experts, rows, groups, Mxfp4.CODE_BYTES), names.codes());
        StoredTensor scales = tensors.require(List.of(experts, rows, groups), names.scales());
        if (columns % Mxfp4.VALUES != 0) {
            throw codes.fault("has rows of " + groups + " blocks of 32, expected rows of " + columns
                    + " values. Configuration and weights are of different models: fetch both again.");
        }
        return new Stack(rows, bias, (e, part) -> {
            var behind = new Rows(part.part(), (long) e * rows + part.first(), part.stride(), part.count());
            return tensors.splitMxfp4Rows(codes, scales, behind, columns);
        });
    }

    private interface ExpertMatrix {
        /** Rows of expert {@code e}, counted within it. */
        WeightMatrix rows(int e, Rows part);
    }

    private final class Stack {
        private final int rows;
        private final StoredTensor bias;
        private final ExpertMatrix weight;

        Stack(int rows, StoredTensor bias, ExpertMatrix weight) {
            this.rows = rows;
            this.bias = bias;
            this.weight = weight;
        }

        Linear linear(int e, String what, int first, int stride, int count) {
            String part = "expert " + e + " " + what;
            return new Linear(
                    weight.rows(e, new Rows(part, first, stride, count)),
                    tensors.elements(bias, new Rows(part, (long) e * rows + first, stride, count)));
        }
    }
}
