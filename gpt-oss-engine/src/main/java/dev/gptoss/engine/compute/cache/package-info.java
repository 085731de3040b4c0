/** Packed weights in a file, so that a model that was packed once is read and not packed the next time. */
@NullMarked
package dev.gptoss.engine.compute.cache;

import org.jspecify.annotations.NullMarked;
