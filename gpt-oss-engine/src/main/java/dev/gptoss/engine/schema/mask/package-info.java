/** The ordinary tokens of a vocabulary arranged for masks: tries over their bytes and sets of plain tokens. */
@NullMarked
package dev.gptoss.engine.schema.mask;

import org.jspecify.annotations.NullMarked;
