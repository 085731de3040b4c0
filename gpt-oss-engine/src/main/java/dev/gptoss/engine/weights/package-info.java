/**
 * A model's configuration and its weights by their place in the architecture, the same whichever file layout they come
 * from. Whoever opens a {@link dev.gptoss.engine.weights.Weights} closes it; how a matrix is used is not known here.
 */
@NullMarked
package dev.gptoss.engine.weights;

import org.jspecify.annotations.NullMarked;
