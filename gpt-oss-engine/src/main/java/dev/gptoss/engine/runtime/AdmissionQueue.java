package dev.gptoss.engine.runtime;

import dev.gptoss.engine.QueueFullException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait: the highest priority first, equal ones in the order they came. Bounded beyond the free slots, so a
 * request that can start at once is never refused. Any thread.
 */
final class AdmissionQueue {

    private record Entry(LiveGeneration generation, long order) {}

    private final int limit;
    private final int slots;
    private final PriorityQueue<Entry> waiting = new PriorityQueue<>(Comparator.comparingInt(
                    (Entry entry) -> -entry.generation().request().priority())
            .thenComparingLong(Entry::order));
    private long arrivals;
    private int running;
    private long rejected;
    private boolean isClosed;

    /**
     * @param limit most requests that wait for a slot
     * @param slots requests that run at a time
     */
    AdmissionQueue(int limit, int slots) {
        this.limit = limit;
        this.slots = slots;
    }

    /**
     * Adds a request.
     *
     * @return false if the queue is closed
     * @throws QueueFullException if too many wait
     */
    synchronized boolean add(LiveGeneration generation) {
        if (isClosed) {
            return false;
        }
        if (waiting.size() + running >= limit + slots) {
            rejected++;
            throw new QueueFullException(limit);
        }
        waiting.add(new Entry(generation, arrivals++));
        return true;
    }

    /** Takes the next request, which runs until {@link #finished}; null if none waits. */
    synchronized @Nullable LiveGeneration poll() {
        Entry entry = waiting.poll();
        if (entry == null) {
            return null;
        }
        running++;
        return entry.generation();
    }

    /** Notes the end of a request that was taken. */
    synchronized void finished() {
        running--;
    }

    /** Takes a request out before its turn; false if it is no longer there. */
    synchronized boolean remove(LiveGeneration generation) {
        return waiting.removeIf(entry -> entry.generation() == generation);
    }

    /** Refuses further requests and gives those that wait. */
    synchronized List<LiveGeneration> close() {
        isClosed = true;
        List<LiveGeneration> left = new ArrayList<>();
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            left.add(entry.generation());
        }
        return left;
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized int running() {
        return running;
    }

    synchronized long rejected() {
        return rejected;
    }
}
