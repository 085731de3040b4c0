package dev.gptoss.engine.compute.cpu;

/**
 * Weights rearranged for the kernels: y = W x + b, or SwiGLU(W x + b) for a pair of gate and up.
 *
 * <p>Every sum runs over columns in rising order with fused multiply-adds: one partial sum for each block of columns, the
 * block's scale applied once, blocks added in rising order, the bias last. Lanes are output rows, so the bits of a result
 * depend on its weights and its input row alone: not on the number of rows multiplied together, tiles, species or
 * threads.
 */
interface PackedMatrix {

    /** Output rows; of a gate and up pair the rows of one of them. */
    int rows();

    int columns();

    /** Bands are ranges of tiles; all tiles cost about the same. */
    int tiles();

    /** First output row of a tile, {@link #rows} for {@code tiles()}. */
    int rowOf(int tile);

    long byteSize();

    /** What {@link Activations#prepare} must have computed for the input rows. */
    boolean readsQuantised();

    /** As {@link #readsQuantised}. */
    boolean readsSums();

    /**
     * Multiplies input rows {@code map.source[i]} for {@code from <= i < from + count}. May be called concurrently for
     * disjoint bands, each thread with its own scratch; allocates nothing.
     */
    void multiply(
            Activations x, RowMap map, int from, int count, Destination y, int tileBegin, int tileEnd, Scratch scratch);
}
