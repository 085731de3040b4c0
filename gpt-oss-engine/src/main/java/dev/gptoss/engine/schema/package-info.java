/**
 * JSON Schema to token masks: a compiled schema permits exactly the tokens that can still become a valid instance. Knows
 * bytes and tokens, never channels.
 */
@NullMarked
package dev.gptoss.engine.schema;

import org.jspecify.annotations.NullMarked;
