package dev.gptoss.engine.compute.cache;

import dev.gptoss.engine.compute.cache.CacheLayout.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Hands the chunks of a layout to the members of a team, in the order of the file. */
final class ChunkWork {

    /** What is done with each chunk. */
    interface Task {
        void run(int index, Chunk chunk) throws IOException;
    }

    private final List<Chunk> chunks;
    private final long total;
    private final LoadTeam team;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;
    private volatile boolean cancelled;

    private ChunkWork(CacheLayout layout, LoadTeam team, Task task) {
        this.chunks = layout.chunks();
        this.total = layout.dataBytes();
        this.team = team;
        this.task = task;
    }

    /**
     * Runs {@code task} for all chunks.
     *
     * @throws IOException of a task; the others are not begun any more
     * @throws CancellationException if the load was cancelled
     */
    static void run(CacheLayout layout, LoadTeam team, Task task) throws IOException {
        var work = new ChunkWork(layout, team, task);
        try {
            team.run(work::work);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (work.cancelled) {
            throw new CancellationException("loading was cancelled");
        }
    }

    private void work(int member) {
        while (!stopped) {
            int index = next.getAndIncrement();
            if (index >= chunks.size()) {
                return;
            }
            try {
                task.run(index, chunks.get(index));
            } catch (IOException e) {
                stopped = true;
                throw new UncheckedIOException(e);
            } catch (Throwable e) {
                stopped = true;
                throw e;
            }
            team.progress(done.addAndGet(chunks.get(index).memory().byteSize()), total);
            if (member == 0 && team.isCancelled()) {
                cancelled = true;
                stopped = true;
            }
        }
    }
}
