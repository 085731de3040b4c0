package dev.gptoss.engine.tokenizer;

/** Tokens whose bytes are not UTF-8 were decoded strictly. */
public final class IllFormedTextException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int position;

    IllFormedTextException(int position, int size) {
        super("bytes are not UTF-8 from byte " + position + " of " + size + "; decode with replacement instead");
        this.position = position;
    }

    /** Index of the first byte that is in no well-formed sequence. */
    public int position() {
        return position;
    }
}
