package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Zeroed memory outside the Java heap, aligned to cache lines, freed at once. */
final class OffHeap implements AutoCloseable {

    private static final long ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> weights = new ArrayList<>();

    MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, ALIGNMENT);
    }

    MemorySegment allocateWeights(long bytes) {
        MemorySegment segment = allocate(bytes);
        weights.add(segment);
        return segment;
    }

    /** All that {@link #allocateWeights} gave. */
    List<MemorySegment> weights() {
        return weights;
    }

    @Override
    public void close() {
        arena.close();
    }
}
