package dev.gptoss.engine.weights;

/**
 * One expert. Gate and up are apart here, however the file interleaves or stacks them.
 *
 * @param gate (I, D)
 * @param up (I, D)
 * @param down (D, I)
 */
public record ExpertWeights(Linear gate, Linear up, Linear down) {}
