package dev.gptoss.engine.compute;

/**
 * What decides the bits of a result besides the tokens. KV pages, checkpoints and recordings are only valid within their
 * class.
 *
 * @param backend name of the backend
 * @param kernels family of kernels that share one summation order
 * @param precision how activations and KV are held
 */
public record NumericClass(String backend, String kernels, Precision precision) {}
