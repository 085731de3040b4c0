package dev.gptoss.engine.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Native buffers that reads through another layout pass their bytes through; as many as there are readers at once. They go
 * with the pool, so that closing a model never takes a buffer from under a reader.
 */
final class ScratchPool {
    /** Fits the second-level cache of a core, so that reordering costs no memory traffic of its own. */
    static final int BYTES = 512 << 10;

    private final Arena arena = Arena.ofAuto();
    private final ConcurrentLinkedQueue<MemorySegment> free = new ConcurrentLinkedQueue<>();

    /** Lends a buffer of {@link #BYTES} to {@code use}. */
    void with(Consumer<MemorySegment> use) {
        MemorySegment buffer = free.poll();
        if (buffer == null) {
            buffer = arena.allocate(BYTES, 64);
        }
        try {
            use.accept(buffer);
        } finally {
            free.add(buffer);
        }
    }
}
