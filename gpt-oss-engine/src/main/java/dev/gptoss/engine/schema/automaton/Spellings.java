package dev.gptoss.engine.schema.automaton;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable set of texts, seen from after a prefix that all of them share. */
final class Spellings {

    static final Spellings NONE = new Spellings(new int[0][], 0, 0, 0, 1);

    private final int[][] words; // code points, sorted
    private final int from;
    private final int to;
    private final int depth; // length of the prefix
    private final int hash; // of the words
    final boolean ends; // whether the prefix itself is one of the texts
    final int size;

    private Spellings(int[][] words, int from, int to, int depth, int hash) {
        this.words = words;
        this.from = from;
        this.to = to;
        this.depth = depth;
        this.hash = hash;
        ends = from < to && words[from].length == depth; // the shortest sorts first
        size = to - from;
    }

    /** The texts that go on after a letter, null if none. */
    @Nullable
    Spellings after(int letter) {
        int first = ends ? from + 1 : from;
        while (first < to && words[first][depth] < letter) {
            first++;
        }
        int last = first;
        while (last < to && words[last][depth] == letter) {
            last++;
        }
        return first == last ? null : new Spellings(words, first, last, depth + 1, hash);
    }

    /** These texts and another; only without a prefix. */
    Spellings with(String text) {
        int[] word = text.codePoints().toArray();
        int at = Arrays.binarySearch(words, word, Arrays::compare);
        if (at >= 0) {
            return this;
        }
        int insert = -at - 1;
        int[][] more = new int[words.length + 1][];
        System.arraycopy(words, 0, more, 0, insert);
        more[insert] = word;
        System.arraycopy(words, insert, more, insert + 1, words.length - insert);
        return new Spellings(more, 0, more.length, 0, Arrays.deepHashCode(more));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Spellings that
                        && hash == that.hash
                        && from == that.from
                        && to == that.to
                        && depth == that.depth
                        && (words == that.words || Arrays.deepEquals(words, that.words));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * hash + from) + to) + depth;
    }
}
