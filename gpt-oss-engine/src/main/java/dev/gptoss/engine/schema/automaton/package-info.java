/**
 * The pushdown automaton of a schema over bytes: nodes and shapes are its program, frames its stack, configurations its
 * states.
 */
@NullMarked
package dev.gptoss.engine.schema.automaton;

import org.jspecify.annotations.NullMarked;
