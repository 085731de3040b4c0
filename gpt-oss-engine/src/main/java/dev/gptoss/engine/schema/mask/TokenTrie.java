package dev.gptoss.engine.schema.mask;

import java.util.Arrays;

/**
 * Tokens as a trie over bytes, flattened in depth-first order: node i ends with byte {@code letter(i)} at depth
 * {@code depth(i)}, and its subtree is the nodes from i + 1 to {@code end(i)}, exclusive.
 */
public final class TokenTrie {

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
        Integer[] sorted = Arrays.stream(chosen).boxed().toArray(Integer[]::new);
        Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(tokens[a], tokens[b]));
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

    private void fill(byte[][] bytes, Integer[] sorted) {
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
