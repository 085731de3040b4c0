/** Limits and breakers around the model, by Resilience4j; each refusal has a type of its own. */
@NullMarked
package dev.gptoss.spring.resilience;

import org.jspecify.annotations.NullMarked;
