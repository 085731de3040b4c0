package dev.gptoss.samples.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides when the compiler has done its work: the last rounds no longer beat the ones before. Both prefill and decode
 * must have settled, or the time for it must be up.
 */
final class WarmUp {

    /** Rounds that are compared with as many before them. */
    private static final int SPAN = 2;

    /** A gain that no longer counts as one. */
    private static final double SETTLED = 1.03;

    /** Least time for the last compilation level, s: its threshold is met after some thousand calls of a kernel. */
    private static final double LEAST_SECONDS = 1.5;

    private static final double MOST_SECONDS = 60;

    private final List<BenchRun.Round> rounds = new ArrayList<>();
    private double seconds;

    void took(BenchRun.Round round) {
        rounds.add(round);
        seconds += round.prefillSeconds() + round.decodeSeconds();
    }

    int rounds() {
        return rounds.size();
    }

    boolean isSettled() {
        if (seconds >= MOST_SECONDS) {
            return true;
        }
        if (rounds.size() < 2 * SPAN || seconds < LEAST_SECONDS) {
            return false;
        }
        int end = rounds.size();
        List<BenchRun.Round> before = rounds.subList(0, end - SPAN);
        List<BenchRun.Round> last = rounds.subList(end - SPAN, end);
        return best(before, true) <= SETTLED * best(last, true) && best(before, false) <= SETTLED * best(last, false);
    }

    private static double best(List<BenchRun.Round> rounds, boolean ofPrefill) {
        return rounds.stream()
                .mapToDouble(round -> ofPrefill ? round.prefillSeconds() : round.decodeSeconds())
                .min()
                .orElseThrow();
    }
}
