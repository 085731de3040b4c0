package dev.gptoss.engine.runtime;

/**
 * Notices that an answer repeats itself without end: its last tokens are at least {@value #REPEATS} equal stretches of
 * at most {@value #LONGEST_PERIOD} tokens each, {@value #SHORTEST_RUN} tokens or more together. Tables, lists and JSON
 * differ in some token of every row, and a ruler or a row of zeros is shorter.
 */
final class LoopDetector {

    /** A paragraph; loops of reasoning seen in reports are one to a few sentences. */
    static final int LONGEST_PERIOD = 512;

    /** Longer than 500 zeros, a 32 x 32 matrix of them without spaces, or 300 equal rows of a table. */
    static final int SHORTEST_RUN = 2048;

    static final int REPEATS = 4;

    /** The last LONGEST_PERIOD tokens, a ring. */
    private final int[] recent = new int[LONGEST_PERIOD];

    /** By period p: how many tokens in a row equalled the one p before. */
    private final int[] equal = new int[LONGEST_PERIOD + 1];

    private int count;

    /** Takes the next token; tells whether the answer has become a loop. */
    boolean accept(int token) {
        boolean loops = false;
        int longest = Math.min(count, LONGEST_PERIOD);
        for (int period = 1; period <= longest; period++) {
            boolean same = recent[(count - period) % LONGEST_PERIOD] == token;
            equal[period] = same ? equal[period] + 1 : 0;
            loops |= equal[period] + period >= Math.max(SHORTEST_RUN, REPEATS * period);
        }
        recent[count % LONGEST_PERIOD] = token;
        count++;
        return loops;
    }
}
