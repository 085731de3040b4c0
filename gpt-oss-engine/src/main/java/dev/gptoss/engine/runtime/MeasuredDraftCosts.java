package dev.gptoss.engine.runtime;

/**
 * Costs as steps have shown them. A row more costs what its experts and its output take: 65 ms where a whole decode step
 * of the 20b shape takes 82 on two cores, so that four of five drafted tokens must be right, and little where weights are
 * read slower than they are multiplied. So the time of steps with and without drafts decides, by number of sequences.
 */
final class MeasuredDraftCosts implements DraftCosts {

    private static final int MOST_SEQUENCES = 64;

    /** Steps with drafts before they are judged: the first ones run code that is not compiled yet. */
    private static final int TRIALS = 4;

    /** Refusals after which a draft is tried again: a loss of one to two hundredths of the time. */
    private static final int REFUSALS = 512;

    private final double[] step = new double[MOST_SEQUENCES + 1];
    private final double[] row = new double[MOST_SEQUENCES + 1];
    private final int[] trials = new int[MOST_SEQUENCES + 1];
    private int refused;

    @Override
    public void took(int sequences, int draftRows, long nanos) {
        if (sequences > MOST_SEQUENCES) {
            return;
        }
        if (draftRows == 0) {
            step[sequences] = blend(step[sequences], nanos);
        } else if (step[sequences] > 0) {
            row[sequences] = blend(row[sequences], Math.max(nanos - step[sequences], 1) / draftRows);
            trials[sequences]++;
        }
    }

    @Override
    public boolean pays(int sequences, double share) {
        if (sequences > MOST_SEQUENCES || step[sequences] == 0) {
            return false;
        }
        if (trials[sequences] < TRIALS || share * step[sequences] / sequences > row[sequences]) {
            return true;
        }
        refused++;
        return refused % REFUSALS == 0;
    }

    /** Follows a fall at once and a rise slowly: whatever disturbs a step makes it longer. */
    private static double blend(double known, double seen) {
        return known == 0 ? seen : known + (seen - known) * (seen < known ? 0.5 : 0.1);
    }
}
