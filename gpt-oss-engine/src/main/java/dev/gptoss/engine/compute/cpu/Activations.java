package dev.gptoss.engine.compute.cpu;

import java.util.Arrays;

/**
 * Input rows of matrices: F32 values and, where a matrix reads them, what is derived from a row once: 16-bit integers with
 * a scale for each {@link #GROUP} columns, and sums of each {@link #BLOCK}. Everything derived from a row depends on that
 * row only.
 */
final class Activations {

    /** Columns summed before a scale applies, in F32. */
    static final int BLOCK = 32;

    /** Columns that share a quantisation scale. */
    static final int GROUP = 16;

    /** Rows are padded to whole units with zeros. */
    static final int UNIT = 64;

    /** Largest integer: GROUP products with an MXFP4 code of at most 12 fit 16 bits: 16 x 12 x 170 = 32640. */
    static final int LARGEST = 170;

    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] values;
    private final short[] integers;
    private final float[] scales;
    private final float[] sums;

    Activations(int rows, int columns, boolean quantised, boolean summed) {
        this.rows = rows;
        this.columns = columns;
        stride = Math.ceilDiv(columns, UNIT) * UNIT;
        int size = Math.multiplyExact(rows, stride);
        values = new float[size];
        integers = new short[quantised ? size : 0];
        scales = new float[quantised ? size / GROUP : 0];
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

    /** (rows, stride), or empty. */
    short[] integers() {
        return integers;
    }

    /** (rows, stride / GROUP), or empty. */
    float[] scales() {
        return scales;
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
        return 4L * (values.length + scales.length + sums.length) + 2L * integers.length;
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
                quantise(row * stride + c);
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

    private void quantise(int at) {
        float largest = 0;
        for (int i = at; i < at + GROUP; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float scale = largest / LARGEST;
        scales[at / GROUP] = scale;
        if (scale < Float.MIN_NORMAL) {
            Arrays.fill(integers, at, at + GROUP, (short) 0);
            return;
        }
        float inverse = LARGEST / largest;
        for (int i = at; i < at + GROUP; i++) {
            integers[i] = (short) (Math.fma(values[i], inverse, ROUNDING) - ROUNDING);
        }
    }

    /** 1.5 x 2^23: adding it leaves a float's nearest integer, ties to even. */
    private static final float ROUNDING = 0x1.8p23f;
}
