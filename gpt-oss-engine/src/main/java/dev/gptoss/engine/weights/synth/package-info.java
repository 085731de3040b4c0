/**
 * Models with random weights of realistic scale, in any shape and either format, for tests and measurements. The same
 * seed gives the same experts, norms and biases in both formats, and with BF16 the same model.
 */
@NullMarked
package dev.gptoss.engine.weights.synth;

import org.jspecify.annotations.NullMarked;
