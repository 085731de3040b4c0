package dev.gptoss.engine.schema.automaton;

/**
 * One way to read a value.
 *
 * @param value the values
 * @param fulfils the demands of the surrounding array or object that such a value meets, one bit each
 */
public record Option(Node value, int fulfils) {}
