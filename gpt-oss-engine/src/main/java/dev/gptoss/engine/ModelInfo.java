package dev.gptoss.engine;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.ModelConfig;
import java.time.Duration;
import java.util.Map;

/**
 * What is loaded and how it computes.
 *
 * @param name name of the model, from its folder or file
 * @param config sizes of the model
 * @param contextLength most positions of a sequence
 * @param backend backend in use
 * @param species bits of a vector register, 0 where there is none
 * @param precision how activations and KV are held
 * @param threads threads that compute
 * @param memory bytes held, by kind
 * @param loadTime time from open to ready
 */
public record ModelInfo(
        String name,
        ModelConfig config,
        int contextLength,
        String backend,
        int species,
        Precision precision,
        int threads,
        Map<String, Long> memory,
        Duration loadTime) {

    public ModelInfo {
        memory = Map.copyOf(memory);
    }
}
