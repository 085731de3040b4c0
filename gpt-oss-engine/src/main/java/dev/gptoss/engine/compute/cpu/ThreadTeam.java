package dev.gptoss.engine.compute.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run one region of work together, again and again. Whoever calls {@link #run} is member 0; the others spin
 * briefly for the next region, then park. One caller at a time. Running a region allocates nothing.
 */
final class ThreadTeam implements AutoCloseable {

    /** Work of which every member does its part. */
    interface Region {
        void run(int member);
    }

    /** Work on a range of things, of which no two members get the same. */
    interface Band {
        void run(int member, int begin, int end);
    }

    /** Longer than the gaps between regions of a step (a norm and a router: 10 us), far shorter than a time slice. */
    private static final long SPIN_NANOS = 100_000;

    /** Spins between two looks at the clock. */
    private static final int SPINS = 64;

    private final Worker[] workers;
    private final AtomicInteger running = new AtomicInteger();
    private volatile int generation;
    private volatile boolean closed;
    private volatile boolean callerParks;
    private volatile @Nullable Thread caller;
    private volatile @Nullable Throwable failure;
    private @Nullable Region region;
    private final Claims claims;
    private final Region claimed = this::runClaims;
    private @Nullable Band band;

    ThreadTeam(int members) {
        claims = new Claims(members);
        workers = new Worker[members - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    int members() {
        return workers.length + 1;
    }

    /** Where the part of member {@code member} of {@code parts} begins when {@code n} things are shared out in order. */
    static int share(int n, int member, int parts) {
        return (int) ((long) n * member / parts);
    }

    /** Runs a region on all members and waits for them; the first failure of any is thrown. */
    void run(Region work) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        caller = Thread.currentThread();
        region = work;
        running.set(workers.length);
        generation++; // publishes region to the workers
        for (Worker worker : workers) {
            if (worker.parks) {
                LockSupport.unpark(worker);
            }
        }
        Throwable mine = null;
        try {
            work.run(0);
        } catch (Throwable e) {
            mine = e;
        }
        awaitOthers();
        Throwable first = mine != null ? mine : failure;
        if (first != null) {
            failure = null;
            ThreadTeam.<RuntimeException>rethrow(first);
        }
    }

    /** Runs {@code work} over {@code count} things, by ranges as members come to them. */
    void run(Band work, int count) {
        band = work;
        claims.open(count);
        run(claimed);
    }

    private void runClaims(int member) {
        Band work = band;
        if (work == null) {
            return;
        }
        for (long claim = claims.claim(); claim != Claims.NONE; claim = claims.claim()) {
            work.run(member, Claims.begin(claim), Claims.end(claim));
        }
    }

    private void awaitOthers() {
        long deadline = 0;
        for (int spins = 1; running.get() != 0; spins++) {
            Thread.onSpinWait();
            if (spins % SPINS == 0) {
                long now = System.nanoTime();
                deadline = deadline == 0 ? now + SPIN_NANOS : deadline;
                if (now > deadline) {
                    parkUntilOthersAreDone();
                    return;
                }
            }
        }
    }

    private void parkUntilOthersAreDone() {
        callerParks = true;
        boolean interrupted = false;
        while (running.get() != 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        callerParks = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable e) throws T {
        throw (T) e;
    }

    @Override
    public void close() {
        closed = true;
        generation++;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
        boolean interrupted = false;
        for (Worker worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Worker extends Thread {

        private final int member;
        private volatile boolean parks;

        Worker(int member) {
            super("gpt-oss-team-" + member);
            this.member = member;
            setDaemon(true);
        }

        @Override
        public void run() {
            for (int seen = 0; ; ) {
                seen = awaitChangeOf(seen);
                if (closed) {
                    return;
                }
                work();
            }
        }

        private void work() {
            try {
                Region work = region;
                if (work != null) {
                    work.run(member);
                }
            } catch (Throwable e) {
                failure = e;
            }
            if (running.decrementAndGet() == 0 && callerParks) {
                LockSupport.unpark(caller);
            }
        }

        private int awaitChangeOf(int seen) {
            long deadline = 0;
            for (int spins = 1; ; spins++) {
                int now = generation;
                if (now != seen) {
                    return now;
                }
                Thread.onSpinWait();
                if (spins % SPINS == 0) {
                    long nanos = System.nanoTime();
                    deadline = deadline == 0 ? nanos + SPIN_NANOS : deadline;
                    if (nanos > deadline) {
                        return parkUntilChangeOf(seen);
                    }
                }
            }
        }

        private int parkUntilChangeOf(int seen) {
            parks = true;
            while (generation == seen) {
                LockSupport.park(ThreadTeam.this);
            }
            parks = false;
            return generation;
        }
    }
}
