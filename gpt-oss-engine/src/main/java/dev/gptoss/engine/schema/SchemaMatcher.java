package dev.gptoss.engine.schema;

import dev.gptoss.engine.schema.automaton.Config;
import org.jspecify.annotations.Nullable;

/** Follows one sequence through a compiled schema. Not safe for use by several threads at once. */
public final class SchemaMatcher {

    private final CompiledSchema schema;
    private Config state;

    SchemaMatcher(CompiledSchema schema, Config state) {
        this.schema = schema;
        this.state = state;
    }

    /** Whether an ordinary token may come next. */
    public boolean permits(int token) {
        return schema.after(state, token) != null;
    }

    /**
     * Advances by a permitted token.
     *
     * @throws IllegalArgumentException if the token is not permitted here
     */
    public void accept(int token) {
        Config next = schema.after(state, token);
        if (next == null) {
            throw new IllegalArgumentException("token " + token + " is not permitted here");
        }
        state = next;
    }

    /**
     * Writes the permitted ordinary tokens, bit {@code id & 63} of {@code words[id >> 6]}; every other bit is cleared.
     *
     * @param words at least {@code (vocabulary size + 63) / 64} longs, overwritten completely
     */
    public void mask(long[] words) {
        schema.mask(state, words);
    }

    /** Whether {@link #mask} only copies what was found before. */
    public boolean isMaskKnown() {
        return schema.isMaskKnown(state);
    }

    /** Whether the text so far is a complete valid instance. */
    public boolean mayEnd() {
        return state.isComplete();
    }

    /** Whether the text so far is complete and nothing may follow. */
    public boolean mustEnd() {
        return state.isFinal();
    }

    /** The only permitted ordinary token, or -1 if there are several or the text may end here. */
    public int onlyToken() {
        return schema.onlyToken(state);
    }

    /**
     * Canonical tokens of the text that probably comes: what has no alternative, and keys in the order of the schema.
     * Each is permitted after those before it; one that a likely longer token would span is left out. Empty where
     * nothing is known.
     */
    public int[] draft() {
        return schema.draft(state);
    }

    /** Bytes of the shortest completion from here, empty if the text is complete. */
    public byte[] shortestCompletion() {
        return schema.shortestCompletion(state);
    }

    /** The fewest tokens that spell {@link #shortestCompletion}. */
    public int[] shortestClose() {
        return schema.spell(shortestCompletion());
    }

    /** An independent copy in the same state. */
    public SchemaMatcher fork() {
        return new SchemaMatcher(schema, state);
    }

    /** Advances by bytes; whether they are permitted. The state stays where it was if they are not. */
    boolean acceptBytes(byte[] bytes) {
        @Nullable Config next = schema.after(state, bytes);
        if (next != null) {
            state = next;
        }
        return next != null;
    }
}
