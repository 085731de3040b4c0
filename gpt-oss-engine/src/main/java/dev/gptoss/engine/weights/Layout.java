package dev.gptoss.engine.weights;

/** Where a model's files keep each matrix: names, fusions and orders. Every lookup checks shape and type. */
interface Layout {
    WeightMatrix embedding();

    WeightVector finalNorm();

    WeightMatrix head();

    LayerWeights layer(int layer);
}
