package dev.gptoss.engine.constrain;

import java.util.Arrays;

/** Tokens towards the end of a turn, said to a copy of its constraint as they are found. */
final class ClosingPath {

    private final HarmonyConstraint constraint;
    private int[] tokens = new int[16];
    private int size;

    ClosingPath(HarmonyConstraint copy) {
        constraint = copy;
    }

    HarmonyConstraint constraint() {
        return constraint;
    }

    void say(int token) {
        constraint.accept(token);
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
    }

    int[] tokens() {
        return Arrays.copyOf(tokens, size);
    }
}
