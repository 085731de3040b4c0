package dev.gptoss.engine.schema;

/** Follows one sequence through a compiled schema. Not safe for use by several threads at once. */
public final class SchemaMatcher {

    SchemaMatcher() {}

    /** Whether an ordinary token may come next. */
    public boolean permits(int token) {
        throw new UnsupportedOperationException();
    }

    /**
     * Advances by a permitted token.
     *
     * @throws IllegalArgumentException if the token is not permitted here
     */
    public void accept(int token) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the permitted ordinary tokens, bit {@code id & 63} of {@code words[id >> 6]}; every other bit is cleared.
     *
     * @param words at least {@code (vocabulary size + 63) / 64} longs, overwritten completely
     */
    public void mask(long[] words) {
        throw new UnsupportedOperationException();
    }

    /** Whether the text so far is a complete valid instance. */
    public boolean mayEnd() {
        throw new UnsupportedOperationException();
    }

    /** Whether the text so far is complete and nothing may follow. */
    public boolean mustEnd() {
        throw new UnsupportedOperationException();
    }

    /**
     * Canonical tokens of the text that is forced from here, without the trailing ones that a longer permitted token
     * could span; empty if none.
     */
    public int[] forced() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the shortest completion from here, empty if the text is complete. */
    public byte[] shortestCompletion() {
        throw new UnsupportedOperationException();
    }

    /** The fewest tokens that spell {@link #shortestCompletion}. */
    public int[] shortestClose() {
        throw new UnsupportedOperationException();
    }

    /** An independent copy in the same state. */
    public SchemaMatcher fork() {
        throw new UnsupportedOperationException();
    }
}
