package dev.gptoss.engine.schema.automaton;

import java.util.Arrays;

/** The tokens that one track permits: words of bits, or ids where they are few; and those that need a closer look. */
final class TokenSet {

    // Below this a list is smaller and faster to write than 25 kB of words.
    private static final int MAX_LISTED = 1_500;

    private final long[] words;
    private final int[] listed;
    final int[] unsure;

    private TokenSet(long[] words, int[] listed, int[] unsure) {
        this.words = words;
        this.listed = listed;
        this.unsure = unsure;
    }

    static TokenSet of(long[] words, int[] unsure) {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        if (count > MAX_LISTED) {
            return new TokenSet(words.clone(), new int[0], unsure);
        }
        int[] listed = new int[count];
        int size = 0;
        for (int i = 0; i < words.length; i++) {
            for (long rest = words[i]; rest != 0; rest &= rest - 1) {
                listed[size++] = i << 6 | Long.numberOfTrailingZeros(rest);
            }
        }
        return new TokenSet(new long[0], listed, unsure);
    }

    void addTo(long[] target) {
        for (int i = 0; i < words.length; i++) {
            target[i] |= words[i];
        }
        for (int token : listed) {
            target[token >> 6] |= 1L << token;
        }
    }

    /** Writes over all of the target. */
    void copyTo(long[] target) {
        System.arraycopy(words, 0, target, 0, words.length);
        Arrays.fill(target, words.length, target.length, 0);
        for (int token : listed) {
            target[token >> 6] |= 1L << token;
        }
    }

    /** The only token; -1 if there are several, none, or some that need a closer look. */
    int only() {
        return words.length == 0 && listed.length == 1 && unsure.length == 0 ? listed[0] : -1;
    }

    long bytes() {
        return 64 + 8L * words.length + 4L * (listed.length + unsure.length);
    }
}
