package dev.gptoss.engine.compute;

import java.util.Arrays;

/** Checks a step at the backend's door, so that nothing inside needs to. Allocates nothing for a step that passes. */
public final class StepCheck {

    private static final int UNSEEN = -1;

    private final Limits limits;
    private final int vocabulary;
    private final int[] last;
    private int drawn;

    public StepCheck(Limits limits, int vocabulary) {
        this.limits = limits;
        this.vocabulary = vocabulary;
        last = new int[limits.slots()];
    }

    /**
     * Checks a step and counts its outputs as those the next one may refer to.
     *
     * @throws IllegalArgumentException naming row, rule and value
     */
    public void accept(Step step) {
        Arrays.fill(last, UNSEEN);
        for (int row = 0; row < step.rows(); row++) {
            checkRow(step, row);
        }
        for (int j = 0; j < step.outputCount(); j++) {
            checkOutput(step, step.output(j), j);
        }
        drawn = step.outputCount();
    }

    private void checkRow(Step step, int row) {
        int token = step.token(row);
        if (token >= vocabulary) {
            throw new IllegalArgumentException(
                    "row " + row + ": token must be below the vocabulary " + vocabulary + ", was " + token);
        }
        if (token < 0 && -1 - token >= drawn) {
            throw new IllegalArgumentException("row " + row + ": token refers to output " + (-1 - token)
                    + " of the step before, which had " + drawn);
        }
        int slot = step.slot(row);
        int position = step.position(row);
        if (last[slot] != UNSEEN && position != last[slot] + 1) {
            throw new IllegalArgumentException("row " + row + ": position of slot " + slot + " must be "
                    + (last[slot] + 1) + " after the row before, was " + position);
        }
        last[slot] = position;
        checkPage("full", step.fullTable(slot)[position / limits.pageSize()], limits.fullPages(), row);
        int[] ring = step.ringTable(slot);
        checkPage("ring", ring[position / limits.pageSize() % ring.length], limits.ringPages(), row);
    }

    private static void checkPage(String pool, int page, int pages, int row) {
        if (page < 0 || page >= pages) {
            throw new IllegalArgumentException(
                    "row " + row + ": " + pool + " page must be below " + pages + ", was " + page);
        }
    }

    private void checkOutput(Step step, Output output, int j) {
        require(output.row >= 0 && output.row < step.rows(), j, "row must be one of the step's", output.row);
        require(output.temperature >= 0, j, "temperature must not be negative", output.temperature);
        require(output.topK >= 0, j, "topK must not be negative", output.topK);
        require(output.topP > 0, j, "topP must be above 0", output.topP);
        require(output.minP >= 0 && output.minP <= 1, j, "minP must be 0 to 1", output.minP);
        require(output.candidates >= 0, j, "candidates must not be negative", output.candidates);
        for (int i = 0; i < output.adds; i++) {
            int id = output.addIds[i];
            require(id >= 0 && id < vocabulary, j, "an added id must be below the vocabulary", id);
        }
        if (output.mask != null) {
            require(
                    output.mask.length >= (vocabulary + 63) / 64,
                    j,
                    "mask words must cover the vocabulary",
                    output.mask.length);
        }
        if (output.logits != null) {
            require(output.logits.length >= vocabulary, j, "logits must hold the vocabulary", output.logits.length);
        }
    }

    private static void require(boolean holds, int output, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException("output " + output + ": " + rule + ", was " + value);
        }
    }
}
