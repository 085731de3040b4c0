package dev.gptoss.engine.weights.synth;

import org.jspecify.annotations.Nullable;

/** The vocabulary as a model file tells it. */
public interface TokenSource {
    /** Tokens that are plain bytes, ids from 0. */
    int ordinaryTokens();

    /** The bytes of an ordinary token. */
    byte[] bytes(int id);

    /** The text of a special token, or null if {@code id} is none. */
    @Nullable
    String special(int id);
}
