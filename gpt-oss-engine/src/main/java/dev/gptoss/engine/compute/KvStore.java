package dev.gptoss.engine.compute;

import java.lang.foreign.MemorySegment;

/**
 * The backend's KV memory, in pages. Ids are handed out by the runtime; forking a sequence shares full pages and copies
 * the ring.
 */
public interface KvStore {

    /** Which layers a page id belongs to. */
    enum Pool {
        /** Layers that keep every position. */
        FULL,
        /** Layers that keep their window. */
        WINDOW
    }

    /** Bytes of one page over all layers of its pool, K and V. */
    long pageBytes(Pool pool);

    /** Copies page {@code from[i]} to page {@code to[i]} in every layer of the pool. */
    void copyPages(Pool pool, int[] from, int[] to, int count);

    /** Reads a page of all layers of the pool; {@code target} has {@link #pageBytes}. */
    void readPage(Pool pool, int page, MemorySegment target);

    /** Writes what {@link #readPage} gave, in the same numeric class. */
    void writePage(Pool pool, int page, MemorySegment source);
}
