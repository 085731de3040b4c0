package dev.gptoss.engine.schema;

import tools.jackson.databind.JsonNode;

/** Compiles JSON Schemas, draft-04 to 2020-12, for one vocabulary. Safe for use by several threads. */
public final class SchemaCompiler {

    /** @param vocabulary tokens that masks speak of */
    public SchemaCompiler(Vocabulary vocabulary) {}

    /**
     * Compiles a schema, or returns it from the cache of recently compiled ones.
     *
     * @throws SchemaNotSupportedException if the schema cannot be enforced or no instance can satisfy it
     */
    public CompiledSchema compile(String schema, SchemaOptions options) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #compile(String, SchemaOptions)}. */
    public CompiledSchema compile(JsonNode schema, SchemaOptions options) {
        throw new UnsupportedOperationException();
    }
}
