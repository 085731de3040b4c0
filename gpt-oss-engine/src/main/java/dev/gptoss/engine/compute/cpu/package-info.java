/**
 * The CPU backend: packed weights, kernels, attention, the layer loop. Kernel families (scalar, and vectors of each width)
 * give equal bits; only classes named {@code Vector...} load the incubator module.
 */
@NullMarked
package dev.gptoss.engine.compute.cpu;

import org.jspecify.annotations.NullMarked;
