package dev.gptoss.engine.weights.synth;

import java.lang.foreign.MemorySegment;

/** Makes rows of a tensor, in any order and from several threads. */
@FunctionalInterface
interface RowFiller {
    /** Fills {@code destination} with rows {@code first} to {@code first + count - 1}. */
    void fill(long first, int count, MemorySegment destination);
}
