package dev.gptoss.engine.compute;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The threads of a load and its listener: pieces of work are shared out, told when done, and no more begun after a failure. */
public final class LoadTeam {

    /** What is done with each piece. */
    public interface Work {

        /** Does piece {@code index} and returns how many bytes it was. */
        long run(int index);
    }

    private final Consumer<IntConsumer> threads;
    private final LoadListener listener;

    /**
     * @param threads runs what it is given with the number of each thread, 0 being the caller, and waits for all; throws the
     *     first failure
     */
    public LoadTeam(Consumer<IntConsumer> threads, LoadListener listener) {
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Runs {@code work} for the pieces 0 to {@code pieces - 1}, begun in this order.
     *
     * @param total bytes of all pieces
     * @throws CancellationException if the listener wants to stop
     */
    public void run(int pieces, long total, Work work) {
        var round = new Round(pieces, total, work);
        threads.accept(round::work);
        if (round.cancelled || listener.isCancelled()) { // asked once more: the caller may have had no piece
            throw new CancellationException("loading was cancelled");
        }
    }

    private final class Round {

        private final int pieces;
        private final long total;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private long done;
        private boolean cancelled; // by the thread that reads it
        private volatile boolean stopped;

        Round(int pieces, long total, Work work) {
            this.pieces = pieces;
            this.total = total;
            this.work = work;
        }

        void work(int member) {
            while (!stopped) {
                int index = next.getAndIncrement();
                if (index >= pieces) {
                    return;
                }
                try {
                    tell(work.run(index));
                } catch (Throwable e) {
                    stopped = true;
                    throw e;
                }
                if (member == 0 && listener.isCancelled()) {
                    cancelled = true;
                    stopped = true;
                }
            }
        }

        /** One thread at a time, so that what is told never falls. */
        private synchronized void tell(long bytes) {
            done += bytes;
            listener.onProgress(done, total);
        }
    }
}
