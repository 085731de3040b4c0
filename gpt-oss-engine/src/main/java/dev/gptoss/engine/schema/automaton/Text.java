package dev.gptoss.engine.schema.automaton;

import org.jspecify.annotations.Nullable;

/** The text of a key or item read so far, shared between its continuations. */
final class Text {

    static final Text EMPTY = new Text(null, 0);

    private final @Nullable Text before;
    private final int letter;
    private final int length;
    private final int hash;

    private Text(@Nullable Text before, int letter) {
        this.before = before;
        this.letter = letter;
        length = before == null ? 0 : before.length + 1;
        hash = before == null ? 1 : before.hash * 31 + letter;
    }

    Text plus(int codePoint) {
        return new Text(this, codePoint);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Text that) || hash != that.hash || length != that.length) {
            return false;
        }
        Text a = this;
        Text b = that;
        while (a != b) {
            if (a.letter != b.letter || a.before == null || b.before == null) {
                return false;
            }
            a = a.before;
            b = b.before;
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        int[] letters = new int[length];
        Text at = this;
        for (int i = length - 1; i >= 0 && at.before != null; i--) {
            letters[i] = at.letter;
            at = at.before;
        }
        return new String(letters, 0, length);
    }
}
