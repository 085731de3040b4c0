package dev.gptoss.engine.schema.automaton;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable set of texts as a trie over code points. */
final class Spellings {

    static final Spellings NONE = new Spellings(new int[0], new Spellings[0], false);

    private final int[] letters; // ascending
    private final Spellings[] children;
    final boolean ends;
    final int size;
    private final int hash;

    private Spellings(int[] letters, Spellings[] children, boolean ends) {
        this.letters = letters;
        this.children = children;
        this.ends = ends;
        int count = ends ? 1 : 0;
        for (Spellings child : children) {
            count += child.size;
        }
        size = count;
        hash = 31 * (31 * Arrays.hashCode(letters) + Arrays.hashCode(children)) + (ends ? 1 : 0);
    }

    /** The texts that go on after a letter, null if none. */
    @Nullable
    Spellings after(int letter) {
        int at = Arrays.binarySearch(letters, letter);
        return at < 0 ? null : children[at];
    }

    boolean contains(String text) {
        Spellings at = this;
        for (int c : text.codePoints().toArray()) {
            at = at.after(c);
            if (at == null) {
                return false;
            }
        }
        return at.ends;
    }

    Spellings with(String text) {
        return with(text.codePoints().toArray(), 0);
    }

    private Spellings with(int[] text, int from) {
        if (from == text.length) {
            return ends ? this : new Spellings(letters, children, true);
        }
        int at = Arrays.binarySearch(letters, text[from]);
        if (at >= 0) {
            Spellings[] replaced = children.clone();
            replaced[at] = children[at].with(text, from + 1);
            return new Spellings(letters, replaced, ends);
        }
        int insert = -at - 1;
        int[] newLetters = new int[letters.length + 1];
        Spellings[] newChildren = new Spellings[letters.length + 1];
        System.arraycopy(letters, 0, newLetters, 0, insert);
        System.arraycopy(children, 0, newChildren, 0, insert);
        newLetters[insert] = text[from];
        newChildren[insert] = NONE.with(text, from + 1);
        System.arraycopy(letters, insert, newLetters, insert + 1, letters.length - insert);
        System.arraycopy(children, insert, newChildren, insert + 1, letters.length - insert);
        return new Spellings(newLetters, newChildren, ends);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Spellings that
                        && hash == that.hash
                        && size == that.size
                        && ends == that.ends
                        && Arrays.equals(letters, that.letters)
                        && Arrays.equals(children, that.children);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
