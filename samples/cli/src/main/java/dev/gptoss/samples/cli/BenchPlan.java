package dev.gptoss.samples.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured: after {@code depth} positions, a prompt and a greedy answer, over and over.
 *
 * @param promptTokens tokens of the prompt
 * @param newTokens tokens to decode
 * @param repetitions measured repetitions
 * @param depth positions filled before
 */
record BenchPlan(int promptTokens, int newTokens, int repetitions, int depth) {

    /** The token that decoding begins with. */
    private static final int FIRST_DECODED = 5000;

    BenchPlan {
        List<String> faults = new ArrayList<>();
        if (promptTokens < 0) {
            faults.add("-p must not be negative, was " + promptTokens);
        }
        if (newTokens < 0) {
            faults.add("-n must not be negative, was " + newTokens);
        }
        if (repetitions < 1) {
            faults.add("-r must be at least 1, was " + repetitions);
        }
        if (depth < 0) {
            faults.add("-d must not be negative, was " + depth);
        }
        if ((long) promptTokens + newTokens == 0) {
            faults.add("-p or -n must be above 0");
        }
        if ((long) depth + promptTokens + newTokens > Integer.MAX_VALUE) {
            faults.add("-d, -p and -n together must be a context length");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    int positions() {
        return depth + promptTokens + newTokens;
    }

    /** Most tokens that are computed at once. */
    int longestFill() {
        return Math.max(1, Math.max(depth, promptTokens));
    }

    /** Ids that spread over the vocabulary, so that every expert has work. */
    static int[] fill(int count, int vocabulary) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (int) ((1000 + i * 7919L % 150_000) % vocabulary);
        }
        return ids;
    }

    static int firstDecoded(int vocabulary) {
        return FIRST_DECODED % vocabulary;
    }
}
