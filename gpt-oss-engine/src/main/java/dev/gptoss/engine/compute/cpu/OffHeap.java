package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Zeroed memory outside the Java heap, aligned to cache lines, freed at once. */
final class OffHeap implements AutoCloseable {

    private static final long ALIGNMENT = 64;

    /** A page table entry of Linux' huge pages; less is not worth a mapping of its own. */
    private static final long LARGE = 2 << 20;

    private final Arena arena = Arena.ofShared();
    private final Optional<NativePages> pages = NativePages.find();
    private final List<MemorySegment> weights = new ArrayList<>();
    private @Nullable MemorySegment slab;
    private long used;

    MemorySegment allocate(long bytes) {
        return bytes >= LARGE && pages.isPresent()
                ? pages.get().allocate(bytes, arena)
                : arena.allocate(bytes, ALIGNMENT);
    }

    /** Reserves weights as one range, so that matrices share huge pages. */
    void reserveWeights(long bytes, int matrices) {
        if (pages.isPresent()) {
            slab = allocate(bytes + matrices * ALIGNMENT);
        }
    }

    MemorySegment allocateWeights(long bytes) {
        MemorySegment segment;
        if (slab != null && used + bytes <= slab.byteSize()) {
            segment = slab.asSlice(used, bytes);
            used += Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
        } else {
            segment = allocate(bytes);
        }
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
