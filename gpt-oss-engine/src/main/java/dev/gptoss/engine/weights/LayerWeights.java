package dev.gptoss.engine.weights;

import java.util.List;

/**
 * One transformer layer. D hidden size, E experts.
 *
 * @param attentionNorm (D)
 * @param query (heads x headDim, D)
 * @param key (kvHeads x headDim, D)
 * @param value (kvHeads x headDim, D)
 * @param output (D, heads x headDim)
 * @param sinks (heads)
 * @param mlpNorm (D)
 * @param router (E, D)
 * @param experts E of them
 */
public record LayerWeights(
        WeightVector attentionNorm,
        Linear query,
        Linear key,
        Linear value,
        Linear output,
        WeightVector sinks,
        WeightVector mlpNorm,
        Linear router,
        List<ExpertWeights> experts) {
    public LayerWeights {
        experts = List.copyOf(experts);
    }
}
