package dev.gptoss.engine.compute.cpu;

/**
 * Input rows of matrices: F32 values and, where a matrix reads them, what is derived from a row once: integers with a step
 * for each {@link #GROUP} columns, and sums of each {@link #BLOCK}. Everything derived from a row depends on that row only.
 */
final class Activations {

    /** Columns summed before a scale applies, in F32. */
    static final int BLOCK = 32;

    /** Columns that share a quantisation step. */
    static final int GROUP = 16;

    /** Rows are padded to whole units with zeros. */
    static final int UNIT = 64;

    /** Largest integer: GROUP products with an MXFP4 code of at most 12 fit 16 bits: 16 x 12 x 170 = 32640. */
    static final int LARGEST = 170;

    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] values;
    private final int[] integers;
    private final float[] halfSteps;
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
        halfSteps = new float[quantised ? size / GROUP : 0];
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

    /** (rows, stride / GROUP), or empty: half of what an integer is worth, since kernels sum doubled codes. */
    float[] halfSteps() {
        return halfSteps;
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
        return 4L * (values.length + integers.length + halfSteps.length + sums.length);
    }

    /**
     * Derives what this instance holds of columns {@code begin} to {@code end} of a row, after its values were written.
     * Disjoint ranges may be prepared concurrently.
     *
     * @param begin a multiple of {@link #BLOCK}
     * @param end a multiple of {@link #BLOCK}, or {@link #columns}
     */
    void prepare(int row, int begin, int end) {
        assert begin % BLOCK == 0 && (end % BLOCK == 0 || end == columns);
        int last = Math.ceilDiv(end, BLOCK) * BLOCK;
        if (sums.length > 0) {
            for (int c = begin; c < last; c += BLOCK) {
                sum(row * stride + c);
            }
        }
        if (integers.length > 0) {
            for (int c = begin; c < last; c += GROUP) {
                int at = row * stride + c;
                halfSteps[at / GROUP] = elements.quantise(values, at, integers);
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
