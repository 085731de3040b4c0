package dev.gptoss.engine.compute.cpu;

/** Rows of a step that a part of the pass computes: all, or in the last layer those whose logits are wanted. */
final class RowList {

    /** Indices of rows, rising. */
    final int[] rows;

    /** Takes each row to itself. */
    final RowMap map;

    int count;

    RowList(int capacity) {
        rows = new int[capacity];
        map = new RowMap(capacity);
    }

    void clear() {
        count = 0;
    }

    void add(int row) {
        rows[count] = row;
        map.set(count++, row, row, 1);
    }
}
