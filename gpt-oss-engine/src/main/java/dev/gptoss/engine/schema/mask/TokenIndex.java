package dev.gptoss.engine.schema.mask;

import dev.gptoss.engine.schema.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A vocabulary prepared for masks. A plain token is complete UTF-8 without a quote, a backslash, a control character,
 * U+2028 or U+2029: inside a string that leaves its characters free it is permitted if it is short enough. 97 % of
 * o200k_base are plain.
 */
public final class TokenIndex {

    /** More code points than any plain token has. */
    public static final int MAX_PLAIN = 128;

    private final byte[][] tokens;
    private final TokenTrie all;
    private final TokenTrie rest;
    private final long[][] plain = new long[MAX_PLAIN + 1][]; // by most code points: words of bits

    public TokenIndex(Vocabulary vocabulary) {
        tokens = new byte[vocabulary.size()][];
        int[] everything = new int[tokens.length];
        List<Integer> others = new ArrayList<>();
        int[] lengths = new int[tokens.length];
        for (int token = 0; token < tokens.length; token++) {
            tokens[token] = vocabulary.bytes(token);
            everything[token] = token;
            lengths[token] = plainLength(tokens[token]);
            if (lengths[token] < 0) {
                others.add(token);
            }
        }
        all = TokenTrie.of(tokens, everything);
        rest = TokenTrie.of(tokens, others.stream().mapToInt(Integer::intValue).toArray());
        addPlain(lengths);
    }

    private void addPlain(int[] lengths) {
        for (int most = 0; most <= MAX_PLAIN; most++) {
            plain[most] = new long[words()];
        }
        for (int token = 0; token < lengths.length; token++) {
            if (lengths[token] >= 0) {
                plain[Math.min(lengths[token], MAX_PLAIN)][token >> 6] |= 1L << token;
            }
        }
        for (int most = 1; most <= MAX_PLAIN; most++) {
            for (int word = 0; word < words(); word++) {
                plain[most][word] |= plain[most - 1][word];
            }
        }
    }

    /** Number of code points of a plain token, -1 for the others. */
    private static int plainLength(byte[] token) {
        boolean isAscii = true;
        for (byte b : token) {
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                return -1;
            }
            isAscii &= b >= 0;
        }
        return isAscii ? token.length : plainLengthBeyondAscii(token);
    }

    private static int plainLengthBeyondAscii(byte[] token) {
        String text = new String(token, StandardCharsets.UTF_8);
        boolean hasSeparator = text.indexOf('\u2028') >= 0 || text.indexOf('\u2029') >= 0;
        // What is malformed is replaced, and then is not the token any more.
        boolean isMalformed =
                text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), token);
        return hasSeparator || isMalformed ? -1 : text.codePointCount(0, text.length());
    }

    /** Words of a mask. */
    public int words() {
        return tokens.length + 63 >> 6;
    }

    public int size() {
        return tokens.length;
    }

    /** Bytes of a token; not to be written to. */
    public byte[] bytes(int token) {
        return tokens[token];
    }

    public TokenTrie all() {
        return all;
    }

    /** The tokens that are not plain. */
    public TokenTrie rest() {
        return rest;
    }

    /** Plain tokens of at most so many code points; not to be written to. */
    public long[] plain(int most) {
        return plain[Math.min(most, MAX_PLAIN)];
    }
}
