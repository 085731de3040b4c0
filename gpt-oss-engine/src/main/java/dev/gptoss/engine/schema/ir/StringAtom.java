package dev.gptoss.engine.schema.ir;

import java.util.Set;

/** A set of strings that a schema names. */
public sealed interface StringAtom {

    /** The strings in which an ECMA-262 pattern is found. */
    record Pattern(String pattern) implements StringAtom {}

    /** Exactly these strings. */
    record Words(Set<String> words) implements StringAtom {}
}
