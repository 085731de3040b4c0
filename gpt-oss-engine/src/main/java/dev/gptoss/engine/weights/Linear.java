package dev.gptoss.engine.weights;

/**
 * y = W x + b.
 *
 * @param weight (out, in)
 * @param bias (out)
 */
public record Linear(WeightMatrix weight, WeightVector bias) {}
