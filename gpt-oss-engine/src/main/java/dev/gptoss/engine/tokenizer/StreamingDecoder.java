package dev.gptoss.engine.tokenizer;

import java.util.Arrays;

/**
 * Turns tokens into text one by one, never giving out half a code point. The pieces joined are the replacing decoding
 * of all tokens joined. Not for use by several threads.
 */
public final class StreamingDecoder {

    /** How much text is given out after ill-formed bytes. */
    public enum IllFormed {
        /** All that is decided. */
        ALL_AT_ONCE,

        /** At most one U+FFFD per token, holding back the bytes after it; the deltas of the reference library. */
        ONE_PER_TOKEN
    }

    private final Tokenizer tokenizer;
    private final boolean oneErrorPerToken;
    private final StringBuilder text = new StringBuilder();
    private byte[] bytes = new byte[32];
    private int size;

    StreamingDecoder(Tokenizer tokenizer, IllFormed illFormed) {
        this.tokenizer = tokenizer;
        this.oneErrorPerToken = illFormed == IllFormed.ONE_PER_TOKEN;
    }

    /**
     * Takes a token and gives the text that is complete with it, which may be empty.
     *
     * @throws IllegalArgumentException if the id is unknown; the state is as before
     */
    public String accept(int token) {
        int more = tokenizer.byteLength(token);
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
        tokenizer.copyBytes(token, bytes, size);
        size += more;
        return drain(oneErrorPerToken, false);
    }

    /** Ends the stream: gives what is left, an incomplete tail as U+FFFD. The decoder is then as new. */
    public String finish() {
        return drain(false, true);
    }

    /** Number of bytes held back. */
    public int pendingBytes() {
        return size;
    }

    /** Moves decided sequences from bytes to text. */
    private String drain(boolean stopAfterError, boolean atEnd) {
        text.setLength(0);
        int at = 0;
        while (at < size) {
            int length = Utf8.sequence(bytes, at, size);
            if (length > 0) {
                text.appendCodePoint(Utf8.codePoint(bytes, at));
                at += length;
            } else if (length < 0) {
                text.append(Utf8.REPLACEMENT);
                at -= length;
                if (stopAfterError) {
                    break;
                }
            } else {
                if (!atEnd) {
                    break;
                }
                text.append(Utf8.REPLACEMENT);
                at = size;
            }
        }
        System.arraycopy(bytes, at, bytes, 0, size - at);
        size -= at;
        return text.toString();
    }
}
