package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.PolynomialMath;
import java.util.Arrays;

/**
 * Which rows each expert sees: chosen row by row, then sorted by expert, so that rows of one expert are computed together
 * whoever they belong to. A place is the index of a (row, expert) pair in that order.
 */
final class Routing {

    private final int experts;
    private final int perToken;
    private final int[] chosen; // (rows, perToken)
    private final float[] weight; // (rows, perToken)
    private final int[] start; // first place of each expert, and the end
    private final int[] next;
    private final int[] active;
    private int activeCount;

    /** Normed row to place. */
    final RowMap in;

    /** Place to row, times its routing weight. */
    final RowMap out;

    Routing(int experts, int perToken, int rows) {
        this.experts = experts;
        this.perToken = perToken;
        int places = Math.multiplyExact(rows, perToken);
        chosen = new int[places];
        weight = new float[places];
        start = new int[experts + 1];
        next = new int[experts];
        active = new int[experts];
        in = new RowMap(places);
        out = new RowMap(places);
    }

    /** Chooses the experts of one row: highest scores, ties to the lower index, softmax over the chosen. */
    void choose(int row, float[] scores, int at) {
        int first = row * perToken;
        for (int rank = 0; rank < perToken; rank++) {
            int best = -1;
            for (int e = 0; e < experts; e++) {
                if ((best < 0 || scores[at + e] > scores[at + best]) && !isChosen(e, first, rank)) {
                    best = e;
                }
            }
            chosen[first + rank] = best;
        }
        float highest = scores[at + chosen[first]];
        float sum = 0;
        for (int rank = 0; rank < perToken; rank++) {
            weight[first + rank] = PolynomialMath.exp(scores[at + chosen[first + rank]] - highest);
            sum += weight[first + rank];
        }
        for (int rank = 0; rank < perToken; rank++) {
            weight[first + rank] /= sum;
        }
    }

    private boolean isChosen(int expert, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (chosen[i] == expert) {
                return true;
            }
        }
        return false;
    }

    /** Sorts the choices of {@code rows[0, count)} by expert, within an expert by row. */
    void group(int[] rows, int count) {
        Arrays.fill(start, 0);
        for (int i = 0; i < count; i++) {
            for (int rank = 0; rank < perToken; rank++) {
                start[chosen[rows[i] * perToken + rank] + 1]++;
            }
        }
        activeCount = 0;
        for (int e = 0; e < experts; e++) {
            if (start[e + 1] > 0) {
                active[activeCount++] = e;
            }
            start[e + 1] += start[e];
            next[e] = start[e];
        }
        for (int i = 0; i < count; i++) {
            for (int rank = 0; rank < perToken; rank++) {
                int choice = rows[i] * perToken + rank;
                int place = next[chosen[choice]]++;
                in.set(place, rows[i], place, 1);
                out.set(place, place, rows[i], weight[choice]);
            }
        }
    }

    /** Experts that see a row. */
    int activeCount() {
        return activeCount;
    }

    /** The {@code i}-th of them, in rising order. */
    int active(int i) {
        return active[i];
    }

    /** First place of an expert. */
    int from(int expert) {
        return start[expert];
    }

    /** Rows that an expert sees. */
    int count(int expert) {
        return start[expert + 1] - start[expert];
    }
}
