package dev.gptoss.engine.compute;

import java.util.Arrays;

/**
 * Ids of the harmony vocabulary that have no role in the format and are never drawn. A model with fewer rows has another
 * vocabulary, where nothing is reserved.
 */
final class ReservedTokens {

    private static final int FULL_VOCABULARY = 201_088;
    private static final int FIRST_UNUSED = 200_013;
    private static final int[] SINGLE = {199_998, 200_000, 200_001, 200_004, 200_009, 200_010, 200_011};

    private ReservedTokens() {}

    /** Sets their logits to minus infinity. */
    static void mask(float[] logits, int at, int vocabulary) {
        if (vocabulary < FULL_VOCABULARY) {
            return;
        }
        for (int id : SINGLE) {
            logits[at + id] = Float.NEGATIVE_INFINITY;
        }
        Arrays.fill(logits, at + FIRST_UNUSED, at + vocabulary, Float.NEGATIVE_INFINITY);
    }
}
