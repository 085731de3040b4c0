package dev.gptoss.engine.compute.cpu;

/** Working memory of one thread, for matrices of any size. */
final class Scratch {

    /** Most input rows that pass over a decoded panel at a time; longer runs are cut. */
    static final int MOST_ROWS = 64;

    /** Most weight rows of a tile. */
    static final int MOST_TILE_ROWS = 192;

    /** Results of a tile before bias and epilogue, (input rows, tile rows). */
    final float[] results = new float[MOST_ROWS * MOST_TILE_ROWS];

    /** Decoded weights of a unit: (columns, tile rows). */
    final float[] panel = new float[Activations.UNIT * MOST_TILE_ROWS];

    /** Scales of a unit: (groups of 16 columns, tile rows). */
    final float[] scales = new float[4 * MOST_TILE_ROWS];

    /** Minima of a unit: (blocks of 32 columns, tile rows). */
    final float[] minima = new float[2 * MOST_TILE_ROWS];

    /** Partial sums of one input row. */
    final float[] partial = new float[MOST_TILE_ROWS];
}
