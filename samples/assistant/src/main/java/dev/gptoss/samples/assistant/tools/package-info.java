/** What the model may call. A bean with {@code @Tool} methods is all it takes. */
@NullMarked
package dev.gptoss.samples.assistant.tools;

import org.jspecify.annotations.NullMarked;
