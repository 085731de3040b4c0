/** Meters of models and requests, below {@code gptoss}. */
@NullMarked
package dev.gptoss.spring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
