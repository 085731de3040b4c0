package dev.gptoss.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * o200k_harmony, the tokenizer of both gpt-oss sizes: byte-level byte-pair encoding over UTF-8, plus special tokens.
 * Immutable and shared by any number of threads.
 *
 * <p>{@link #encode(String)} is for everything that comes from outside; whatever the text says, it yields no special id.
 */
public final class Tokenizer {

    private final RankTable table;

    private Tokenizer(RankTable table) {
        this.table = table;
    }

    /** The tokenizer of gpt-oss, read from this library's rank file at first use. */
    public static Tokenizer o200kHarmony() {
        return Shared.O200K_HARMONY;
    }

    /** Number of vocabulary rows, reserved ones included: ids go from 0 to one less. */
    public int size() {
        return SpecialTokens.VOCABULARY_SIZE;
    }

    /** Encodes ordinary text; special-token text in it is text like any other, lone surrogates become U+FFFD. */
    public int[] encode(String text) {
        return new Encoding(table).ordinary(text, 0, text.length()).ids();
    }

    /**
     * Encodes a text with a say about special-token text in it.
     *
     * @throws IllegalArgumentException if the choice is {@link SpecialText#REJECT} and the text holds some
     */
    public int[] encode(String text, SpecialText choice) {
        return switch (choice) {
            case AS_TEXT -> encode(text);
            case AS_SPECIAL -> withSpecial(text, null);
            case REJECT -> {
                rejectSpecial(text);
                yield encode(text);
            }
        };
    }

    /**
     * Encodes a text in which the given special-token texts become their ids and all others stay text. Only for text
     * that the caller wrote itself.
     *
     * @param allowed texts such as {@code <|start|>}
     * @throws IllegalArgumentException if an allowed text is not that of a special token
     */
    public int[] encodeWithSpecial(String text, Set<String> allowed) {
        for (String special : allowed) {
            if (SpecialTokens.idOf(special) == null) {
                throw new IllegalArgumentException(special + " is not the text of a special token");
            }
        }
        return withSpecial(text, allowed);
    }

    /** Whether the id has bytes: a vocabulary row, or 201088, which decodes though no row stands behind it. */
    public boolean isKnown(int id) {
        return id >= 0 && id <= SpecialTokens.LAST_DECODABLE;
    }

    /** Whether the id is a special token, reserved ones included. */
    public boolean isSpecial(int id) {
        return SpecialTokens.isSpecial(id);
    }

    /**
     * The bytes of a token; those of a special token are the UTF-8 of its text.
     *
     * @throws IllegalArgumentException if the id is unknown
     */
    public byte[] bytes(int id) {
        byte[] bytes = new byte[byteLength(id)];
        copyBytes(id, bytes, 0);
        return bytes;
    }

    /**
     * Number of bytes of a token.
     *
     * @throws IllegalArgumentException if the id is unknown
     */
    public int byteLength(int id) {
        requireKnown(id);
        return id < table.size() ? table.length(id) : SpecialTokens.text(id).length();
    }

    /**
     * Copies the bytes of a token to a place in an array.
     *
     * @throws IllegalArgumentException if the id is unknown
     */
    public void copyBytes(int id, byte[] into, int at) {
        requireKnown(id);
        if (id < table.size()) {
            table.copy(id, into, at);
        } else {
            byte[] text = SpecialTokens.text(id).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, into, at, text.length);
        }
    }

    /**
     * The bytes of all tokens.
     *
     * @throws IllegalArgumentException if an id is unknown
     */
    public byte[] decodeBytes(int... ids) {
        long size = 0;
        for (int id : ids) {
            size += byteLength(id);
        }
        byte[] bytes = new byte[Math.toIntExact(size)];
        int at = 0;
        for (int id : ids) {
            copyBytes(id, bytes, at);
            at += byteLength(id);
        }
        return bytes;
    }

    /**
     * The text of all tokens, with one U+FFFD for each maximal ill-formed subpart.
     *
     * @throws IllegalArgumentException if an id is unknown
     */
    public String decode(int... ids) {
        StringBuilder text = new StringBuilder();
        StreamingDecoder decoder = streamingDecoder();
        for (int id : ids) {
            text.append(decoder.accept(id));
        }
        return text.append(decoder.finish()).toString();
    }

    /**
     * The text of all tokens.
     *
     * @throws IllegalArgumentException if an id is unknown
     * @throws IllFormedTextException if the bytes are not UTF-8
     */
    public String decodeStrictly(int... ids) {
        byte[] bytes = decodeBytes(ids);
        for (int at = 0; at < bytes.length; ) {
            int length = Utf8.sequence(bytes, at, bytes.length);
            if (length <= 0) {
                throw new IllFormedTextException(at, bytes.length);
            }
            at += length;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A decoder for tokens that come one by one. */
    public StreamingDecoder streamingDecoder() {
        return streamingDecoder(StreamingDecoder.IllFormed.ALL_AT_ONCE);
    }

    /** A decoder for tokens that come one by one, with a say about what follows ill-formed bytes. */
    public StreamingDecoder streamingDecoder(StreamingDecoder.IllFormed illFormed) {
        return new StreamingDecoder(this, illFormed);
    }

    private int[] withSpecial(String text, @Nullable Set<String> allowed) {
        Encoding encoding = new Encoding(table);
        int done = 0;
        for (SpecialMatch match = SpecialMatch.first(text, 0, allowed);
                match != null;
                match = SpecialMatch.first(text, done, allowed)) {
            encoding.ordinary(text, done, match.start()).special(match.id());
            done = match.end();
        }
        return encoding.ordinary(text, done, text.length()).ids();
    }

    private static void rejectSpecial(String text) {
        SpecialMatch match = SpecialMatch.first(text, 0, null);
        if (match != null) {
            throw new IllegalArgumentException("text holds the special token " + SpecialTokens.text(match.id())
                    + " at character " + match.start() + "; encode it as text or as special, or take it out");
        }
    }

    private void requireKnown(int id) {
        if (!isKnown(id)) {
            throw new IllegalArgumentException("Invalid token for decoding: " + id);
        }
    }

    /** Loads at first use. */
    private static final class Shared {
        static final Tokenizer O200K_HARMONY = new Tokenizer(RankFile.o200kBase());
    }
}
