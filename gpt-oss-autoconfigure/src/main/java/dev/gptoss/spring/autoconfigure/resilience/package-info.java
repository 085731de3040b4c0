/** Resilience4j around the model, by the names of its instances. */
@NullMarked
package dev.gptoss.spring.autoconfigure.resilience;

import org.jspecify.annotations.NullMarked;
