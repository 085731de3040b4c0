/** The small model behind Spring AI's own interfaces. */
@NullMarked
package dev.gptoss.it.nano;

import org.jspecify.annotations.NullMarked;
