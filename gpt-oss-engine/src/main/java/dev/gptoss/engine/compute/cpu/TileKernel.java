package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.MemorySegment;

/** Multiplies one tile; holds no state. */
interface TileKernel {

    /**
     * Leaves in {@code scratch.results} (count, 32 x groups) the products of a tile with the input rows {@code source[from]}
     * to {@code source[from + count - 1]}.
     *
     * @param count at most {@link Scratch#MOST_ROWS}
     */
    void multiply(
            MemorySegment data,
            long tile,
            int groups,
            int units,
            Activations x,
            int[] source,
            int from,
            int count,
            Scratch scratch);

    /** Whether tiles with fewer groups than the format's are taken too. */
    default boolean takesPartialTiles() {
        return false;
    }
}
