/**
 * The GGUF container, versions 2 and 3, split or whole. Every count is bounded by the bytes that are left in the file
 * before it is believed; token and merge lists are passed over.
 */
@NullMarked
package dev.gptoss.engine.weights.gguf;

import org.jspecify.annotations.NullMarked;
