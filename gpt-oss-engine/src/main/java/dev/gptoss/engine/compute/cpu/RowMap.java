package dev.gptoss.engine.compute.cpu;

/**
 * Which input rows are multiplied and which output rows they go to: the tokens routed to an expert, or all of them.
 * Allocated once, refilled every step.
 */
final class RowMap {

    /** Row of {@link Activations}. */
    final int[] source;

    /** Row of {@link Destination}. */
    final int[] target;

    /** Routing weights, read where the destination adds. */
    final float[] factor;

    RowMap(int capacity) {
        source = new int[capacity];
        target = new int[capacity];
        factor = new float[capacity];
    }

    int capacity() {
        return source.length;
    }

    /** Sets entry {@code i}. */
    void set(int i, int from, int to, float weight) {
        source[i] = from;
        target[i] = to;
        factor[i] = weight;
    }

    /** The map that takes every row to itself with weight 1. */
    static RowMap identity(int capacity) {
        var map = new RowMap(capacity);
        for (int i = 0; i < capacity; i++) {
            map.set(i, i, i, 1);
        }
        return map;
    }
}
