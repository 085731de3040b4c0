package dev.gptoss.engine.runtime;

import java.util.Arrays;

/** Ids that grow by one at a time. */
final class IntList {

    private int[] values;
    private int size;

    IntList() {
        values = new int[64];
    }

    /** A list that starts with a copy of {@code first}. */
    IntList(int[] first) {
        values = Arrays.copyOf(first, first.length + 64);
        size = first.length;
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /** The values, to be read up to {@link #size}. */
    int[] array() {
        return values;
    }
}
