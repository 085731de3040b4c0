package dev.gptoss.engine.schema;

import java.util.List;

/** A schema ready to constrain any number of sequences, on any number of threads. */
public final class CompiledSchema {

    CompiledSchema() {}

    /** A matcher at the start of an instance. */
    public SchemaMatcher matcher() {
        throw new UnsupportedOperationException();
    }

    /** Keywords that were read as annotations, as {@code pointer/keyword}, sorted; at most 1,000. */
    public List<String> annotations() {
        throw new UnsupportedOperationException();
    }
}
