package dev.gptoss.engine.schema.mask;

import java.util.Arrays;

/**
 * Tokens as a trie over bytes, flattened in depth-first order: node i ends with byte {@code letter(i)} at depth
 * {@code depth(i)}, and its subtree is the nodes from i + 1 to {@code end(i)}, exclusive.
 */
public final class TokenTrie {

    private static final int INDEX_BITS = 24; // beside five bytes in a long
    private static final int START_BYTES = 5;

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
        int capacity = 0;
        byte[] before = {};
        for (int token : sorted) {
            capacity += tokens[token].length - common(before, tokens[token]);
            before = tokens[token];
        }
        TokenTrie trie = new TokenTrie(capacity);
        trie.fill(tokens, sorted);
        return trie;
    }

    /**
     * Sorts by the first five bytes, which few tokens share, then within those that do: comparing arrays throughout would
     * take four times as long, and the first request waits for it.
     */
    private static int[] sorted(byte[][] tokens, int[] chosen) {
        long[] keys = new long[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            keys[i] = start(tokens[chosen[i]]) << INDEX_BITS ^ Long.MIN_VALUE | i;
        }
        Arrays.sort(keys);
        int[] sorted = new int[chosen.length];
        for (int begin = 0; begin < keys.length; ) {
            int end = begin;
            while (end < keys.length && keys[end] >> INDEX_BITS == keys[begin] >> INDEX_BITS) {
                sorted[end] = chosen[(int) keys[end] & (1 << INDEX_BITS) - 1];
                end++;
            }
            sortInFull(tokens, sorted, begin, end);
            begin = end;
        }
        return sorted;
    }

    private static void sortInFull(byte[][] tokens, int[] sorted, int begin, int end) {
        if (end - begin > 1) {
            Integer[] alike = Arrays.stream(sorted, begin, end).boxed().toArray(Integer[]::new);
            Arrays.sort(alike, (a, b) -> Arrays.compareUnsigned(tokens[a], tokens[b]));
            for (int i = begin; i < end; i++) {
                sorted[i] = alike[i - begin];
            }
        }
    }

    /** The first five bytes as a number; missing ones count as zero. */
    private static long start(byte[] token) {
        long start = 0;
        for (int i = 0; i < START_BYTES; i++) {
            start = start << 8 | (i < token.length ? token[i] & 0xFF : 0);
        }
        return start;
    }

    private void fill(byte[][] bytes, int[] sorted) {
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
        byte[] before = {};
        for (int token : sorted) {
            byte[] text = bytes[token];
            int shared = common(before, text);
            while (open > shared) {
                ends[path[--open]] = next;
            }
            for (int i = shared; i < text.length; i++) {
                letters[next] = text[i];
                depths[next] = (byte) i;
                tokens[next] = -1;
                path[open++] = next++;
            }
            tokens[next - 1] = token;
            before = text;
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
