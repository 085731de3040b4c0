package dev.gptoss.engine.runtime;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;

/**
 * The KV of one sequence: which tokens are computed, and in which pages they lie. It outlives its sequence, so that a
 * later one with the same beginning finds it.
 *
 * <p>Full layers keep every position. A window layer keeps a ring of R positions: position q is intact until q + R is
 * written. A beginning of k tokens can be continued if the window before k, from k - (window - 1), is intact.
 */
final class KvSlot {

    private final int index;
    private final int pageSize;
    private final int window;
    private final int ring;
    private final PagePool pool;
    private final int[] pages;
    private final int[] tokens;
    private int pageCount;
    private int length;

    /** One more than the highest position ever written into the ring. */
    private int highWater;

    KvSlot(int index, int window, Limits limits, PagePool fullPages, PagePool ringPages, Step step) {
        this.index = index;
        this.window = window;
        pageSize = limits.pageSize();
        ring = limits.ringPagesPerSlot() * pageSize;
        pool = fullPages;
        pages = step.fullTable(index);
        tokens = new int[limits.contextLength()];
        int[] ringTable = step.ringTable(index);
        for (int i = 0; i < limits.ringPagesPerSlot(); i++) {
            ringTable[i] = ringPages.take();
        }
    }

    int index() {
        return index;
    }

    /** Number of computed positions. */
    int length() {
        return length;
    }

    /** How many tokens of a prompt are computed here already and can be continued; less than all of them. */
    int reusable(int[] prompt) {
        int common = 0;
        int most = Math.min(length, prompt.length - 1);
        while (common < most && tokens[common] == prompt[common]) {
            common++;
        }
        boolean windowIsIntact = highWater <= ring || common - (window - 1) >= highWater - ring;
        return windowIsIntact ? common : 0;
    }

    /** Forgets positions from {@code newLength} on. */
    void truncate(int newLength) {
        length = newLength;
        if (newLength == 0) {
            highWater = 0;
        }
        int kept = (newLength + pageSize - 1) / pageSize;
        while (pageCount > kept) {
            pool.giveBack(pages[--pageCount]);
        }
    }

    /** Makes room for positions up to {@code end}, exclusive, which a step is about to write. */
    void reserve(int end) {
        while (pageCount * pageSize < end) {
            pages[pageCount] = pool.take();
            pageCount++;
        }
        highWater = Math.max(highWater, end);
    }

    /** Notes that a step has computed {@code count} tokens. */
    void computed(int[] source, int from, int count) {
        System.arraycopy(source, from, tokens, length, count);
        length += count;
    }
}
