package dev.gptoss.engine.schema;

/** The ordinary tokens of a vocabulary as bytes; special tokens are not part of it. */
public interface Vocabulary {

    /** Number of ordinary tokens; their ids are 0 to size - 1. */
    int size();

    /** Bytes of an ordinary token, never empty. */
    byte[] bytes(int token);

    /** Canonical tokens of a text. */
    int[] encode(String text);
}
