package dev.gptoss.engine.compute.cpu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares things out while they are worked on: members claim ranges that shrink towards the end, so that one that was held
 * up takes fewer, and nobody waits longer than for the last few. Equal bands fixed beforehand cost a decode step of the 20b
 * shape 4.5 % in waiting (AMD EPYC Zen 4, 2 cores, JDK 25).
 */
final class Claims {

    static final long NONE = -1;

    private final AtomicInteger next = new AtomicInteger();
    private final int divisor;
    private int count;

    /** @param members a claim takes half of what would be a member's share of the rest */
    Claims(int members) {
        divisor = 2 * members;
    }

    /** Begins anew with {@code things} things. Not while members claim. */
    void open(int things) {
        count = things;
        next.set(0);
    }

    /** The next range, or {@link #NONE}. */
    long claim() {
        while (true) {
            int begin = next.get();
            if (begin >= count) {
                return NONE;
            }
            int end = begin + Math.max(1, (count - begin) / divisor);
            if (next.compareAndSet(begin, end)) {
                return (long) begin << 32 | end;
            }
        }
    }

    static int begin(long claim) {
        return (int) (claim >>> 32);
    }

    static int end(long claim) {
        return (int) claim;
    }
}
