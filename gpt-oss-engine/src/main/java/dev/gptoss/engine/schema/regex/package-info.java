/** Regular languages over code points: ECMA-262 patterns, Boolean combinations, deterministic automata. */
@NullMarked
package dev.gptoss.engine.schema.regex;

import org.jspecify.annotations.NullMarked;
