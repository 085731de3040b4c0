/**
 * Backends compute steps, not sequences: the contract between the runtime, which decides what to compute, and the
 * devices that do. Bits of a row's K, V and logits depend on its sequence's tokens and the numeric class alone.
 */
@NullMarked
package dev.gptoss.engine.compute;

import org.jspecify.annotations.NullMarked;
