package dev.gptoss.engine.schema.mask;

import java.util.Arrays;

/**
 * Tokens as a trie over bytes, flattened in depth-first order: node i ends with byte {@code letter(i)} at depth
 * {@code depth(i)}, and its subtree is the nodes from i + 1 to {@code end(i)}, exclusive.
 */
public final class TokenTrie {

    private static final int START_BYTES = 6;
    private static final int DIGIT_BITS = 12;

    private final byte[] letters;
    private final byte[] depths;
    private final int[] ends;
    private final int[] tokens; // -1: no token ends here
    private final int size;
    private int maxDepth;

    private TokenTrie(int capacity) {
        letters = new byte[capacity];
        depths = new byte[capacity];
        ends = new int[capacity];
        tokens = new int[capacity];
        size = capacity;
    }

    /**
     * @param tokens bytes by token
     * @param chosen the tokens to hold
     */
    static TokenTrie of(byte[][] tokens, int[] chosen) {
        int[] sorted = sorted(tokens, chosen);
        int[] shared = new int[sorted.length]; // bytes that a token begins with as the one before it
        int capacity = 0;
        byte[] before = {};
        for (int i = 0; i < sorted.length; i++) {
            byte[] text = tokens[sorted[i]];
            shared[i] = common(before, text);
            capacity += text.length - shared[i];
            before = text;
        }
        TokenTrie trie = new TokenTrie(capacity);
        trie.fill(tokens, sorted, shared);
        return trie;
    }

    /**
     * Sorts by the first six bytes, which few tokens share, then within those that do. Counting takes a fixed number of
     * simple steps: the first request waits for it, in code that is not compiled yet.
     */
    private static int[] sorted(byte[][] tokens, int[] chosen) {
        long[] starts = new long[tokens.length];
        for (int token : chosen) {
            starts[token] = start(tokens[token]);
        }
        int[] sorted = chosen.clone();
        for (int shift = 0; shift < START_BYTES * 8; shift += DIGIT_BITS) {
            sorted = byDigit(starts, shift, sorted);
        }
        for (int begin = 0; begin < sorted.length; ) {
            int end = begin + 1;
            while (end < sorted.length && starts[sorted[end]] == starts[sorted[begin]]) {
                end++;
            }
            if (end - begin > 1) {
                sortInFull(tokens, sorted, begin, end);
            }
            begin = end;
        }
        return sorted;
    }

    /** Tokens in the order of one digit of their starts, equal ones in the order they come. */
    private static int[] byDigit(long[] starts, int shift, int[] tokens) {
        int[] places = new int[(1 << DIGIT_BITS) + 1];
        for (int token : tokens) {
            places[digit(starts[token], shift) + 1]++;
        }
        for (int digit = 1; digit < places.length; digit++) {
            places[digit] += places[digit - 1];
        }
        int[] ordered = new int[tokens.length];
        for (int token : tokens) {
            ordered[places[digit(starts[token], shift)]++] = token;
        }
        return ordered;
    }

    private static int digit(long start, int shift) {
        return (int) (start >>> shift) & (1 << DIGIT_BITS) - 1;
    }

    /** By insertion: hardly more than a hundred tokens share a start. */
    private static void sortInFull(byte[][] tokens, int[] sorted, int begin, int end) {
        for (int i = begin + 1; i < end; i++) {
            int token = sorted[i];
            int place = i;
            while (place > begin && Arrays.compareUnsigned(tokens[sorted[place - 1]], tokens[token]) > 0) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = token;
        }
    }

    /** The first six bytes as a number; missing ones count as zero. */
    private static long start(byte[] token) {
        long start = 0;
        for (int i = 0; i < START_BYTES; i++) {
            start = start << 8 | (i < token.length ? token[i] & 0xFF : 0);
        }
        return start;
    }

    private void fill(byte[][] bytes, int[] sorted, int[] shared) {
        int longest = 0;
        for (int token : sorted) {
            longest = Math.max(longest, bytes[token].length);
        }
        if (longest > 255) {
            throw new IllegalArgumentException("a token of " + longest + " bytes; at most 255 are supported");
        }
        maxDepth = longest;
        int[] path = new int[longest]; // open nodes by depth
        int open = 0;
        int next = 0;
        for (int i = 0; i < sorted.length; i++) {
            byte[] text = bytes[sorted[i]];
            while (open > shared[i]) {
                ends[path[--open]] = next;
            }
            for (int depth = shared[i]; depth < text.length; depth++) {
                letters[next] = text[depth];
                depths[next] = (byte) depth;
                tokens[next] = -1;
                path[open++] = next++;
            }
            tokens[next - 1] = sorted[i];
        }
        while (open > 0) {
            ends[path[--open]] = next;
        }
    }

    private static int common(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    public int size() {
        return size;
    }

    /** Longest token in bytes. */
    public int maxDepth() {
        return maxDepth;
    }

    /** Last byte of a node, 0 to 255. */
    public int letter(int node) {
        return letters[node] & 0xFF;
    }

    /** Number of bytes before the last one. */
    public int depth(int node) {
        return depths[node] & 0xFF;
    }

    /** First node after the subtree of a node. */
    public int end(int node) {
        return ends[node];
    }

    /** The token that ends at a node, -1 if none. */
    public int token(int node) {
        return tokens[node];
    }

    /** The sibling with a letter among the nodes from first to end, exclusive; -1 if none. */
    public int child(int first, int end, int letter) {
        for (int node = first; node < end; node = ends[node]) {
            if (letter(node) == letter) {
                return node;
            }
        }
        return -1;
    }
}
