package dev.gptoss.engine.compute.cpu;

/**
 * Input rows of matrices: F32 values and, where a matrix reads them, what is derived from a row once: integers with a step
 * and a sum for each {@link #BLOCK} columns. Everything derived from a row depends on that row only.
 */
final class Activations {

    /** Columns that share a quantisation step; also those summed before a scale applies, in F32. */
    static final int BLOCK = 32;

    /** Rows are padded to whole units with zeros. */
    static final int UNIT = 64;

    /**
     * What magnitudes of a block add up to before they are rounded. Whatever the codes, at most 12, a sum of products then
     * fits 16 bits: rounding adds at most 16, and (2714 + 16) x 12 = 32760. Dividing by the largest magnitude instead would
     * have to allow for 32 that are as large, or for shorter blocks.
     */
    static final int MOST = 2714;

    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] values;
    private final int[] integers;
    private final float[] steps;
    private final int[] lifts;
    private final float[] sums;
    private final ElementKernel elements;

    Activations(int rows, int columns, boolean quantised, boolean summed, ElementKernel elements) {
        this.rows = rows;
        this.columns = columns;
        this.elements = elements;
        stride = Math.ceilDiv(columns, UNIT) * UNIT;
        int size = Math.multiplyExact(rows, stride);
        values = new float[size];
        integers = new int[quantised ? size : 0];
        steps = new float[quantised ? size / BLOCK : 0];
        lifts = new int[steps.length];
        sums = new float[summed ? size / BLOCK : 0];
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Distance of rows in {@link #values}; a multiple of {@link #UNIT}. */
    int stride() {
        return stride;
    }

    /** (rows, stride). Columns from {@link #columns} on stay zero. */
    float[] values() {
        return values;
    }

    /** (rows, stride), or empty. Each integer twice, in the low and the high 16 bits: one broadcast fills 16-bit lanes. */
    int[] integers() {
        return integers;
    }

    /**
     * (rows, stride / BLOCK), or empty: what an integer is worth divided by 2^17, since kernels sum doubled codes in the
     * upper halves of ints.
     */
    float[] steps() {
        return steps;
    }

    /**
     * (rows, stride / BLOCK), or empty: what sums begin with if codes are lifted by {@link Mxfp4Tiles#LIFT}, twice as in
     * {@link #integers}.
     */
    int[] lifts() {
        return lifts;
    }

    /** (rows, stride / BLOCK), or empty. */
    float[] sums() {
        return sums;
    }

    /** Whether anything besides the values is held, so that {@link #prepare} has work to do. */
    boolean isDerived() {
        return integers.length > 0 || sums.length > 0;
    }

    /** Bytes on the heap. */
    long byteSize() {
        return 4L * (values.length + integers.length + steps.length + lifts.length + sums.length);
    }

    /**
     * Derives what this instance holds of columns {@code begin} to {@code end} of a row, after its values were written.
     * Disjoint ranges may be prepared concurrently.
     *
     * @param begin a multiple of {@link #BLOCK}
     * @param end a multiple of {@link #BLOCK}, or {@link #columns}
     */
    void prepare(int row, int begin, int end, Scratch scratch) {
        assert begin % BLOCK == 0 && (end % BLOCK == 0 || end == columns);
        int last = Math.ceilDiv(end, BLOCK) * BLOCK;
        if (sums.length > 0) {
            for (int c = begin; c < last; c += BLOCK) {
                sum(row * stride + c);
            }
        }
        if (integers.length > 0) {
            for (int c = begin; c < last; c += BLOCK) {
                elements.quantise(this, row * stride + c, scratch.partial);
            }
        }
    }

    private void sum(int at) {
        float sum = 0;
        for (int i = at; i < at + BLOCK; i++) {
            sum += values[i];
        }
        sums[at / BLOCK] = sum;
    }
}
