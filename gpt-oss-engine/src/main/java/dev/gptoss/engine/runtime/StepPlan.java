package dev.gptoss.engine.runtime;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.constrain.Constraint;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private final MaskWriter masks;
    private final DraftCosts costs;
    private int mostSequences;
    private int sequences;
    private int draftRows;

    /** Outputs that are left for drafts. */
    private int spareOutputs;

    StepPlan(Step step, MaskWriter masks, DraftCosts costs) {
        this.costs = costs;
        this.step = step;
        limits = step.limits();
        this.masks = masks;
    }

    Step step() {
        return step;
    }

    /** Fills the step; false if there is nothing to compute. */
    boolean fill(List<Sequence> running) {
        step.clear();
        spareOutputs = limits.outputs() - limits.slots();
        mostSequences = running.size();
        sequences = 0;
        draftRows = 0;
        int room = limits.rows();
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.clearStep();
            if (sequence.pending() <= SHORT && sequence.pending() <= room && !isPaused(sequence)) {
                int others = SHORT * (running.size() - i - 1);
                room -= add(sequence, sequence.pending(), room - others);
            }
        }
        if (step.rows() > 0) {
            room = Math.min(room, PROMPT_ROWS_BESIDE_DECODE);
        }
        for (int i = 0; i < running.size() && room > 0; i++) {
            Sequence sequence = running.get(i);
            if (sequence.rows() == 0 && !isPaused(sequence)) {
                room -= add(sequence, Math.min(room, sequence.pending()), 0);
            }
        }
        boolean isLong = step.rows() > SHORT;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.generation().isInLongStep(isLong && sequence.rows() > 0);
        }
        return step.rows() > 0;
    }

    /** Whether a sequence was told to stop while the step was filled; asked after its rows were made known. */
    boolean mustReplan(List<Sequence> running) {
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (sequence.rows() > 0 && sequence.generation().stopRequested() != null) {
                return true;
            }
        }
        return false;
    }

    /** Notes how long the step took. */
    void took(long nanos) {
        if (step.rows() - draftRows == sequences) {
            costs.took(sequences, draftRows, nanos);
        }
    }

    /** Ends the step, computed or not. */
    void leaveStep(List<Sequence> running) {
        step.awaitMasks();
        for (int i = 0; i < running.size(); i++) {
            running.get(i).generation().isInLongStep(false);
        }
    }

    private static boolean isPaused(Sequence sequence) {
        return sequence.generation().mailbox().isFull();
    }

    /**
     * Adds rows of a sequence: known tokens, and behind the last of them a draft.
     *
     * @param room rows for both
     */
    private int add(Sequence sequence, int known, int room) {
        boolean drawsNext = known == sequence.pending();
        Draft draft = sequence.draft();
        if (drawsNext) {
            sequence.guess(Math.min(room - known, spareOutputs));
            if (draft.size() > 0 && !costs.pays(mostSequences, draft.share())) {
                draft.clear();
            }
        }
        KvSlot slot = sequence.slot();
        int from = slot.length();
        slot.reserve(from + known + draft.size());
        int first = step.rows();
        int[] tokens = sequence.tokens();
        for (int i = 0; i < known; i++) {
            step.addRow(slot.index(), from + i, tokens[from + i]);
        }
        for (int i = 0; i < draft.size(); i++) {
            step.addRow(slot.index(), from + known + i, draft.token(i));
        }
        sequence.placed(first, known, step.outputCount());
        sequences++;
        draftRows += draft.size();
        if (drawsNext) {
            addOutputs(sequence, first + known - 1);
        }
        return known + draft.size();
    }

    /** Adds the output of the last known row, and those of a draft's rows whose next token is drawn. */
    private void addOutputs(Sequence sequence, int lastKnown) {
        Draft draft = sequence.draft();
        Constraint constraint = sequence.constraint();
        addOutput(sequence, constraint, lastKnown);
        if (constraint == null || draft.size() == 0) {
            return;
        }
        Constraint after = constraint.fork();
        for (int i = 0; i < draft.size(); i++) {
            after.accept(draft.token(i));
            if (i + 1 == draft.size() || draft.isDrawn(i + 1)) {
                spareOutputs--;
                addOutput(sequence, after, lastKnown + 1 + i);
            }
        }
    }

    private void addOutput(Sequence sequence, @Nullable Constraint at, int row) {
        sequence.describe(step.addOutput(row));
        if (at != null) {
            masks.write(at);
        }
    }
}
