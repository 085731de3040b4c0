package dev.gptoss.engine.compute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drives a backend like a runtime does, with a fixed set of pages for each slot, handed out in a scattered order. Keeps
 * the logits of every row it computes.
 */
public final class StepDriver {

    private final Backend backend;
    private final Step step;
    private final int vocabulary;

    public StepDriver(Backend backend, int vocabulary) {
        this.backend = backend;
        this.vocabulary = vocabulary;
        Limits limits = backend.limits();
        step = new Step(limits);
        for (int slot = 0; slot < limits.slots(); slot++) {
            scatter(step.fullTable(slot), slot, limits.slots());
            scatter(step.ringTable(slot), slot, limits.slots());
        }
    }

    /** Sizes for {@code slots} sequences of at most {@code context} positions. */
    public static Limits limits(int rows, int slots, int context, int pageSize, int window) {
        int perSlot = (context + pageSize - 1) / pageSize;
        int ring = Math.min(perSlot, (window - 1 + rows + pageSize - 1) / pageSize);
        return new Limits(rows, slots, rows, context, pageSize, slots * perSlot, slots * ring, ring);
    }

    /** Pages of a slot lie apart and in falling order. */
    private static void scatter(int[] table, int slot, int slots) {
        for (int i = 0; i < table.length; i++) {
            table[i] = (table.length - 1 - i) * slots + slot;
        }
    }

    public Step step() {
        return step;
    }

    /**
     * The token chosen after the prompt, turned by {@code seed}: of the last row under a mask, of the one before it without.
     * Odd seeds sample, even ones take the likeliest.
     */
    int chosen(int[] prompt, long @Nullable [] mask, int seed, float @Nullable [] logits) {
        step.clear();
        for (int p = 0; p < prompt.length; p++) {
            step.addRow(0, p, prompt[(p + seed) % prompt.length]);
        }
        Output output = step.addOutput(prompt.length - 1 - (mask == null ? 1 : 0));
        output.mask = mask;
        output.logits = logits;
        output.temperature = seed % 2;
        output.seed = seed;
        if (!backend.submit(step).await()) {
            throw new IllegalStateException("nobody cancelled this step");
        }
        return output.token;
    }

    /** A row of a sequence; its logits are kept in {@code logits}, or not wanted if null. */
    public record Piece(int slot, int position, int token, float[] logits) {}

    /** Computes the pieces as one step. */
    public void compute(List<Piece> pieces) {
        step.clear();
        for (Piece piece : pieces) {
            int row = step.addRow(piece.slot(), piece.position(), piece.token());
            if (piece.logits() != null) {
                step.addOutput(row).logits = piece.logits();
            }
        }
        if (!backend.submit(step).await()) {
            throw new IllegalStateException("nobody cancelled this step");
        }
    }

    /** Logits of all positions of a sequence from position 0, computed in chunks. */
    public float[][] compute(int slot, int[] tokens, int chunk) {
        float[][] logits = new float[tokens.length][vocabulary];
        for (int from = 0; from < tokens.length; from += chunk) {
            var pieces = new ArrayList<Piece>();
            for (int p = from; p < Math.min(from + chunk, tokens.length); p++) {
                pieces.add(new Piece(slot, p, tokens[p], logits[p]));
            }
            compute(pieces);
        }
        return logits;
    }

    /** Computes without wanting any logits but the last position's. */
    public float[] last(int slot, int[] tokens, int chunk) {
        float[] logits = new float[vocabulary];
        for (int from = 0; from < tokens.length; from += chunk) {
            var pieces = new ArrayList<Piece>();
            for (int p = from; p < Math.min(from + chunk, tokens.length); p++) {
                pieces.add(new Piece(slot, p, tokens[p], p == tokens.length - 1 ? logits : null));
            }
            compute(pieces);
        }
        return logits;
    }
}
