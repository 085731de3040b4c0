package dev.gptoss.engine.schema.automaton;

import org.jspecify.annotations.Nullable;

/** An open array or object: one entry of the stack. Equal frames are the same object. */
abstract sealed class Frame permits ObjectFrame, ArrayFrame {

    /** What readers such as Jackson accept. */
    static final int MAX_DEPTH = 500;

    final @Nullable Frame parent;
    final int depth;

    /** Whether a key or item was read whose text is not known, so that repeats cannot be told. */
    final boolean isGuess;

    Frame(@Nullable Frame parent, boolean isGuess) {
        this.parent = parent;
        this.isGuess = isGuess;
        depth = parent == null ? 1 : parent.depth + 1;
    }

    /** Whether one more level of an array or object of this height fits below. */
    static boolean fits(@Nullable Frame frame, int height) {
        return (frame == null ? 0 : frame.depth) + height <= MAX_DEPTH;
    }
}
