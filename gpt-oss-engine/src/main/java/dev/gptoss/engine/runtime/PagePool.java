package dev.gptoss.engine.runtime;

/** Ids of the pages of a pool that nobody uses. Used by the engine thread, counted by any. */
final class PagePool {

    private final int[] free;
    private volatile int available;

    /** All of {@code pages} pages, ids from 0. */
    PagePool(int pages) {
        free = new int[pages];
        for (int i = 0; i < pages; i++) {
            free[i] = pages - 1 - i;
        }
        available = pages;
    }

    /**
     * Takes a page.
     *
     * @throws IllegalStateException if all are in use
     */
    int take() {
        int left = available;
        if (left == 0) {
            throw new IllegalStateException("all " + free.length + " pages are in use");
        }
        available = left - 1;
        return free[left - 1];
    }

    void giveBack(int page) {
        int left = available;
        free[left] = page;
        available = left + 1;
    }

    int size() {
        return free.length;
    }

    int used() {
        return free.length - available;
    }
}
