package dev.gptoss.engine.compute.cpu;

/** Working memory of one thread, for matrices of any size. */
final class Scratch {

    /** Most input rows that pass over a decoded panel at a time; longer runs are cut. */
    static final int MOST_ROWS = 64;

    /** Most weight rows of a tile. */
    static final int MOST_TILE_ROWS = 64;

    /** Distance of columns in {@link #panel} and {@link #codes}, whatever the tile: kernels know it when compiled. */
    static final int PANEL_STRIDE = MOST_TILE_ROWS;

    /** Results of a tile before bias and epilogue, (input rows, tile rows), and rows that nobody reads. */
    final float[] results = new float[(MOST_ROWS + 2) * MOST_TILE_ROWS];

    /** Decoded weights of a unit: (columns, PANEL_STRIDE). */
    final float[] panel = new float[Activations.UNIT * MOST_TILE_ROWS];

    /** Scales of a unit: (groups of 16 columns, tile rows). */
    final float[] scales = new float[4 * MOST_TILE_ROWS];

    /** Minima of a unit: (blocks of 32 columns, tile rows). */
    final float[] minima = new float[2 * MOST_TILE_ROWS];

    /** Most input rows that a kernel multiplies at once. */
    private static final int TOGETHER = 8;

    /** Where the unit's columns of the input rows at hand begin. */
    final int[] inputs = new int[TOGETHER];

    /** Sums of a unit of the input rows at hand, (rows, blocks of 32 columns). */
    final float[] sums = new float[TOGETHER * Activations.UNIT / Activations.BLOCK];

    /** Partial sums of one input row. */
    final float[] partial = new float[MOST_TILE_ROWS];

    /** Where the doubled codes of a unit begin in {@link PanelCodes#ALL}, two rows of a line in an int's halves. */
    final int codes = PanelCodes.take();

    private boolean released;

    /** Gives the memory of {@link #codes} back. Nobody multiplies with this any more. */
    void release() {
        if (!released) {
            released = true;
            PanelCodes.release(codes);
        }
    }
}
