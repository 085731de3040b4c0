package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.ModelConfig;

/**
 * A packed model.
 *
 * @param embedding (vocabulary, D), rows as in the file
 * @param finalNorm (D)
 * @param head (vocabulary, D)
 */
record CpuModel(ModelConfig config, EmbeddingRows embedding, CpuLayer[] layers, float[] finalNorm, PackedMatrix head) {}
