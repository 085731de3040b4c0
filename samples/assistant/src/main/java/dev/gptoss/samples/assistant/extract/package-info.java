/** Records filled from text. */
@NullMarked
package dev.gptoss.samples.assistant.extract;

import org.jspecify.annotations.NullMarked;
