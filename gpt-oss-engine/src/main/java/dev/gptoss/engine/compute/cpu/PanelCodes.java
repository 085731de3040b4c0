package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * Memory for decoded MXFP4 codes, a slot for each thread that multiplies. It lies off heap, where a register never lies
 * across two cache lines: with an array products took from 115 to 131 GFLOP/s, as the array happened to lie. It is one
 * constant segment: with a segment in a field the compiler left its checks in the innermost loop (Zen 4, JDK 25).
 */
final class PanelCodes {

    /** 16-bit codes of a slot: (columns of a unit, {@link Scratch#PANEL_STRIDE}). */
    private static final int SLOT = Activations.UNIT * Scratch.PANEL_STRIDE;

    /** Threads of all open backends together; a slot takes 8 KiB. */
    private static final int SLOTS = 512;

    static final MemorySegment ALL = Arena.global().allocate((long) Short.BYTES * SLOT * SLOTS, TileFormat.LINE_BYTES);

    private static final BitSet TAKEN = new BitSet(SLOTS);

    private PanelCodes() {}

    /** Takes a slot and returns the index of its first code. */
    static int take() {
        synchronized (TAKEN) {
            int slot = TAKEN.nextClearBit(0);
            if (slot == SLOTS) {
                throw new IllegalStateException("more than " + SLOTS
                        + " threads of open models: close models that are not used, or give each fewer threads");
            }
            TAKEN.set(slot);
            return slot * SLOT;
        }
    }

    /** Gives a slot back. */
    static void release(int first) {
        synchronized (TAKEN) {
            TAKEN.clear(first / SLOT);
        }
    }
}
