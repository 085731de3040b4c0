package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import org.jspecify.annotations.Nullable;

/** Strings of an automaton whose length in code points is bounded. */
public final class StringShape {

    final Dfa dfa;
    final int min;
    final int max;
    final boolean isFree; // every string, in any spelling
    private final boolean isBounded;
    private final boolean isGapless;
    private final int margin; // the longest of the shortest ways to acceptance
    private int @Nullable [] nextLength; // (states, lengths): the next length of an accepted rest

    /**
     * @param max {@link Dfa#UNBOUNDED} for none
     * @param isDistinct whether each string has one spelling only, so that texts can be compared
     */
    public StringShape(Dfa dfa, int min, int max, boolean isDistinct) {
        this.dfa = dfa;
        this.min = min;
        this.max = max;
        boolean isUniversal = dfa.isUniversal();
        isFree = isUniversal && !isDistinct;
        isBounded = min > 0 || max != Dfa.UNBOUNDED;
        isGapless = isUniversal || isBounded && dfa.acceptanceCanLast();
        int longest = 0;
        for (int state = 0; isBounded && state < dfa.states(); state++) {
            longest = Math.max(longest, dfa.shortest(state));
        }
        margin = longest;
    }

    /** Length after one more code point, as far as it matters. */
    int next(int length) {
        if (!isBounded) {
            return 0;
        }
        return max == Dfa.UNBOUNDED ? Math.min(length + 1, min) : length + 1;
    }

    boolean isBounded() {
        return isBounded;
    }

    boolean isLive(int state, int length) {
        return !isBounded || restLength(state, length) >= 0;
    }

    public boolean isEmpty() {
        return dfa.isEmpty() || !isLive(dfa.start(), 0);
    }

    boolean canEnd(int state, int length) {
        return dfa.accepts(state) && length >= min && length <= max;
    }

    /** Length of the shortest rest that completes the string, -1 if there is none. */
    int restLength(int state, int length) {
        int least = Math.max(min - length, 0);
        int most = max == Dfa.UNBOUNDED ? Dfa.UNBOUNDED : max - length;
        int shortest = dfa.shortest(state);
        if (isGapless || shortest >= least) {
            int rest = Math.max(least, shortest);
            return rest <= most ? rest : -1;
        }
        int rest = table()[state * (tableLength() + 1) + least];
        return rest <= most ? rest : -1;
    }

    private int tableLength() {
        // A rest longer than the states can be shortened by less than their number.
        return max == Dfa.UNBOUNDED ? min + dfa.states() : max;
    }

    private synchronized int[] table() {
        if (nextLength == null) {
            nextLength = dfa.nextAcceptedLengths(tableLength());
        }
        return nextLength;
    }

    /** How many plain code points may follow, whichever they are; {@link Dfa#UNBOUNDED} for any number. */
    int freedom(int state, int length) {
        int freedom = dfa.freedom(state);
        if (!isBounded || freedom == 0) {
            return freedom;
        }
        if (!isGapless) {
            return 0;
        }
        return max == Dfa.UNBOUNDED ? freedom : Math.min(freedom, Math.max(max - length - margin, 0));
    }

    /** Whether {@link #freedom} plain code points may follow and not one more. */
    boolean freedomIsExact(int state) {
        return dfa.freedom(state) == Dfa.UNBOUNDED && margin == 0;
    }

    /** A shortest rest that completes the string. */
    String rest(int state, int length) {
        return dfa.witness(state, restLength(state, length));
    }

    public int cost() {
        return restLength(dfa.start(), 0) + 2;
    }

    /** Number of strings, {@link Dfa#MANY} if unbounded or large. */
    public long count() {
        return isBounded ? Dfa.MANY : dfa.count(dfa.start());
    }
}
