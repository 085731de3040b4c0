package dev.gptoss.engine.harmony;

import java.util.Arrays;

/** Token ids that grow. */
final class TokenList {

    private int[] ids = new int[256];
    private int size;

    void add(int... more) {
        if (size + more.length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(size + more.length, 2 * ids.length));
        }
        System.arraycopy(more, 0, ids, size, more.length);
        size += more.length;
    }

    /** Replaces the last id; there must be one. */
    void setLast(int id) {
        ids[size - 1] = id;
    }

    int get(int index) {
        return ids[index];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
