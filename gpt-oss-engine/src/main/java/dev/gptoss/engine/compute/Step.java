package dev.gptoss.engine.compute;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a backend computes at once: rows of several sequences, prefill and decode mixed. Struct of arrays of fixed
 * capacity, filled by the runtime, reused. Rows of one slot stand in rising, gapless positions.
 */
public final class Step {

    private final Limits limits;
    private final int[] slot;
    private final int[] position;
    private final int[] token;
    private final Output[] outputs;
    private final int[][] fullTable;
    private final int[][] ringTable;
    private int rows;
    private int outputCount;
    private volatile boolean cancelled;
    private final AtomicInteger pendingMasks = new AtomicInteger();
    private volatile @Nullable Thread awaitingMasks;

    public Step(Limits limits) {
        this.limits = limits;
        slot = new int[limits.rows()];
        position = new int[limits.rows()];
        token = new int[limits.rows()];
        outputs = new Output[limits.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = new Output();
        }
        fullTable = new int[limits.slots()][limits.fullPagesPerSlot()];
        ringTable = new int[limits.slots()][limits.ringPagesPerSlot()];
    }

    /** Forgets rows, outputs and cancellation; page tables stay. */
    public void clear() {
        rows = 0;
        outputCount = 0;
        cancelled = false;
    }

    /**
     * Adds a row.
     *
     * @param token an id, or {@code -1 - j} for the token drawn by output j of the step before
     * @return index of the row
     */
    public int addRow(int slot, int position, int token) {
        if (rows == limits.rows()) {
            throw new IllegalStateException("a step holds at most " + limits.rows() + " rows");
        }
        if (slot < 0 || slot >= limits.slots()) {
            throw new IllegalArgumentException("slot must be below " + limits.slots() + ", was " + slot);
        }
        if (position < 0 || position >= limits.contextLength()) {
            throw new IllegalArgumentException(
                    "position must be below the context length " + limits.contextLength() + ", was " + position);
        }
        this.slot[rows] = slot;
        this.position[rows] = position;
        this.token[rows] = token;
        return rows++;
    }

    /** Adds a wanted output for a row, reset to a greedy choice at the row's next position. */
    public Output addOutput(int row) {
        if (outputCount == limits.outputs()) {
            throw new IllegalStateException("a step holds at most " + limits.outputs() + " outputs");
        }
        return outputs[outputCount++].reset(row, position[row] + 1);
    }

    /** Page ids of a slot in the full layers: position p lies in page {@code table[p / pageSize]}. */
    public int[] fullTable(int slot) {
        return fullTable[slot];
    }

    /** Page ids of a slot's ring in the window layers: position p lies at {@code p % (pages * pageSize)}. */
    public int[] ringTable(int slot) {
        return ringTable[slot];
    }

    public Limits limits() {
        return limits;
    }

    public int rows() {
        return rows;
    }

    public int slot(int row) {
        return slot[row];
    }

    public int position(int row) {
        return position[row];
    }

    public int token(int row) {
        return token[row];
    }

    public int outputCount() {
        return outputCount;
    }

    public Output output(int index) {
        return outputs[index];
    }

    /** Announces that another thread writes the mask of an output while the step runs. */
    public void expectMask() {
        pendingMasks.incrementAndGet();
    }

    /** Notes that an expected mask is written; any thread. */
    public void maskWritten() {
        if (pendingMasks.decrementAndGet() == 0) {
            LockSupport.unpark(awaitingMasks);
        }
    }

    /** Waits until every mask is written. Backends call it after the layers, before they look at a mask. */
    public void awaitMasks() {
        if (pendingMasks.get() == 0) {
            return;
        }
        awaitingMasks = Thread.currentThread();
        while (pendingMasks.get() > 0) {
            LockSupport.park(this);
        }
        awaitingMasks = null;
    }

    /** Asks the backend to stop between layers; any thread. Positions of this step are then undefined. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
