package dev.gptoss.engine.schema;

/** Runs lines of schema cases through the path the sampler uses: one JSON object in, one out. */
public final class SchemaCases {

    /**
     * @param reversed whether the keys of the instances are reversed
     * @param walks number of random walks
     * @param seed seed of the walks
     */
    public SchemaCases(SchemaCompiler compiler, Vocabulary vocabulary, boolean reversed, int walks, long seed) {}

    /**
     * @param line {@code {"id", "schema", "tests": [{"valid", "data"}]}}
     * @return one line of JSON with the verdicts
     * @throws IllegalArgumentException if the line is not such an object
     */
    public String run(String line) {
        throw new UnsupportedOperationException();
    }
}
