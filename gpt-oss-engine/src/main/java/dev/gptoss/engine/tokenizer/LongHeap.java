package dev.gptoss.engine.tokenizer;

import java.util.Arrays;

/** A binary heap of longs, smallest first. */
final class LongHeap {

    private long[] values;
    private int size;

    LongHeap(int capacity) {
        values = new long[Math.max(1, capacity)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void push(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        int at = size++;
        while (at > 0 && values[at - 1 >> 1] > value) {
            values[at] = values[at - 1 >> 1];
            at = at - 1 >> 1;
        }
        values[at] = value;
    }

    long pop() {
        long smallest = values[0];
        long last = values[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && values[child + 1] < values[child]) {
                child++;
            }
            if (values[child] >= last) {
                break;
            }
            values[at] = values[child];
            at = child;
        }
        values[at] = last;
        return smallest;
    }
}
