package dev.gptoss.engine.compute;

/** A binary heap of longs, lowest first, in memory that is reused. */
final class RankHeap {

    private long[] items = new long[0];
    private int size;

    void clear(int capacity) {
        size = 0;
        if (items.length < capacity) {
            items = new long[capacity];
        }
    }

    int size() {
        return size;
    }

    long lowest() {
        return items[0];
    }

    void add(long item) {
        int at = size++;
        while (at > 0 && items[(at - 1) >> 1] > item) {
            items[at] = items[(at - 1) >> 1];
            at = (at - 1) >> 1;
        }
        items[at] = item;
    }

    long removeLowest() {
        long lowest = items[0];
        long last = items[--size];
        sink(last);
        return lowest;
    }

    /** Keeps the {@code limit} highest of all items offered. */
    void offer(long item, int limit) {
        if (size < limit) {
            add(item);
        } else if (item > items[0]) {
            sink(item);
        }
    }

    private void sink(long item) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && items[child + 1] < items[child]) {
                child++;
            }
            if (items[child] >= item) {
                break;
            }
            items[at] = items[child];
            at = child;
        }
        items[at] = item;
    }
}
