package dev.gptoss.engine.runtime;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Step;
import java.util.List;

/**
 * Which rows the next step computes: first those of sequences that decode, then as many of long prompts as fit, in the
 * order the sequences came.
 */
final class StepPlan {

    /** Known tokens up to which a sequence counts as decoding: a drawn token, or a run of forced ones. */
    static final int SHORT = 16;

    /** Rows of prompts beside decoding sequences, so that a long prompt slows the others and does not stop them. */
    static final int PROMPT_ROWS_BESIDE_DECODE = 64;

    private final Limits limits;
    private final Step step;

    StepPlan(Step step) {
        this.step = step;
        limits = step.limits();
    }

    Step step() {
        return step;
    }

    /** Fills the step; false if there is nothing to compute. */
    boolean fill(List<Sequence> running) {
        step.clear();
        int room = limits.rows();
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.rows = 0;
            sequence.output = null;
            if (sequence.pending() <= SHORT && sequence.pending() <= room && !isPaused(sequence)) {
                room -= add(sequence, sequence.pending());
            }
        }
        if (step.rows() > 0) {
            room = Math.min(room, PROMPT_ROWS_BESIDE_DECODE);
        }
        for (int i = 0; i < running.size() && room > 0; i++) {
            Sequence sequence = running.get(i);
            if (sequence.rows == 0 && !isPaused(sequence)) {
                room -= add(sequence, Math.min(room, sequence.pending()));
            }
        }
        boolean isLong = step.rows() > SHORT;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.generation().isInLongStep(isLong && sequence.rows > 0);
        }
        return step.rows() > 0;
    }

    /** Whether a sequence was told to stop while the step was filled; asked after its rows were made known. */
    boolean mustReplan(List<Sequence> running) {
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (sequence.rows > 0 && sequence.generation().stopRequested() != null) {
                return true;
            }
        }
        return false;
    }

    /** Notes that the step is over. */
    void leaveStep(List<Sequence> running) {
        for (int i = 0; i < running.size(); i++) {
            running.get(i).generation().isInLongStep(false);
        }
    }

    private static boolean isPaused(Sequence sequence) {
        return sequence.generation().mailbox().isFull();
    }

    private int add(Sequence sequence, int rows) {
        KvSlot slot = sequence.slot();
        int from = slot.length();
        slot.reserve(from + rows);
        int[] tokens = sequence.tokens();
        int row = 0;
        for (int i = 0; i < rows; i++) {
            row = step.addRow(slot.index(), from + i, tokens[from + i]);
        }
        if (rows == sequence.pending()) {
            Output output = step.addOutput(row);
            sequence.describe(output);
            sequence.output = output;
        }
        sequence.rows = rows;
        return rows;
    }
}
