package dev.gptoss.engine.compute.cpu;

/** Working memory of one thread, for matrices of any size. */
final class Scratch {

    /** Most input rows that pass over a decoded panel at a time; longer runs are cut. */
    static final int MOST_ROWS = 64;

    /** Most weight rows of a tile. */
    static final int MOST_TILE_ROWS = 64;

    /** Results of a tile before bias and epilogue, (input rows, tile rows), and a row that nobody reads. */
    final float[] results = new float[(MOST_ROWS + 1) * MOST_TILE_ROWS];

    /** Decoded weights of a unit: (columns, tile rows). */
    final float[] panel = new float[Activations.UNIT * MOST_TILE_ROWS];

    /** Scales of a unit: (groups of 16 columns, tile rows). */
    final float[] scales = new float[4 * MOST_TILE_ROWS];

    /** Minima of a unit: (blocks of 32 columns, tile rows). */
    final float[] minima = new float[2 * MOST_TILE_ROWS];

    /** Partial sums of one input row. */
    final float[] partial = new float[MOST_TILE_ROWS];

    /** Sums of whole numbers of one input row. */
    final float[] whole = new float[MOST_TILE_ROWS];

    /** Doubled MXFP4 codes of a unit: (columns, tile rows), two rows of a line in an int's halves. */
    final short[] codes = new short[Activations.UNIT * MOST_TILE_ROWS];
}
