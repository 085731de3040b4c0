package dev.gptoss.engine.compute.cpu;

/** Reductions over sixteen partial sums, whatever the width of a register: element i of the input joins sum i % 16. */
final class Lanes {

    static final int COUNT = 16;

    private Lanes() {}

    /** Folds sixteen sums by halves. */
    static float fold(float[] s, int at) {
        float a = s[at] + s[at + 8] + (s[at + 4] + s[at + 12]);
        float b = s[at + 1] + s[at + 9] + (s[at + 5] + s[at + 13]);
        float c = s[at + 2] + s[at + 10] + (s[at + 6] + s[at + 14]);
        float d = s[at + 3] + s[at + 11] + (s[at + 7] + s[at + 15]);
        return a + c + (b + d);
    }
}
