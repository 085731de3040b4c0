package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.SpecialTokens;

/** A stretch of the wire format: each is encoded by itself, so that merges never cross from one to the next. */
public sealed interface Piece {

    /** Ordinary text, whatever it says. */
    record Text(String text) implements Piece {}

    /** A special token. */
    record Marker(int token) implements Piece {

        public Marker {
            if (!SpecialTokens.isSpecial(token)) {
                throw new IllegalArgumentException(token + " is no special token");
            }
        }
    }
}
