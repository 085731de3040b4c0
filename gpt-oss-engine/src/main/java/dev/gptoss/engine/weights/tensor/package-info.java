/**
 * Tensors as they lie in files: block types with their scalar decoders, and positional reads that never outlive a
 * truncated file. Nothing here knows a container format or an architecture.
 */
@NullMarked
package dev.gptoss.engine.weights.tensor;

import org.jspecify.annotations.NullMarked;
