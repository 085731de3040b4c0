package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.RowRange.Rows;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import java.util.List;

/** Query, key and value rows stacked in one matrix, in this order. */
record FusedQkv(Linear query, Linear key, Linear value) {
    static FusedQkv of(ModelConfig config, ModelTensors tensors, String prefix) {
        int q = config.queryWidth();
        int kv = config.keyValueWidth();
        int hidden = config.hiddenSize();
        StoredTensor weight = tensors.require(List.of(q + 2 * kv, hidden), prefix + ".weight");
        StoredTensor bias = tensors.require(List.of(q + 2 * kv), prefix + ".bias");
        return new FusedQkv(
                tensors.part(weight, bias, new Rows("query", 0, 1, q), hidden),
                tensors.part(weight, bias, new Rows("key", q, 1, kv), hidden),
                tensors.part(weight, bias, new Rows("value", q + kv, 1, kv), hidden));
    }
}
