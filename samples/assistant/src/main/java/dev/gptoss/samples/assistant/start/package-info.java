/** Starts the packaged jar again with a cache of loaded classes, where one lies beside it. It knows nothing of Spring. */
@NullMarked
package dev.gptoss.samples.assistant.start;

import org.jspecify.annotations.NullMarked;
