/** The safetensors container: its header, its index of shards. The header is checked before a tensor is believed. */
@NullMarked
package dev.gptoss.engine.weights.safetensors;

import org.jspecify.annotations.NullMarked;
