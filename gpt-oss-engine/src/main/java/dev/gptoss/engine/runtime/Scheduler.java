package dev.gptoss.engine.runtime;

import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.compute.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine thread: admits requests into free slots, computes steps over the running ones, ends them. Nothing that a
 * caller wrote runs here, and no caller waits for it to be alive: whatever ends the thread ends every request first.
 */
final class Scheduler implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final Backend backend;
    private final AdmissionQueue queue;
    private final SequenceSlots slots;
    private final StepPlan plan;
    private final Statistics statistics;
    private final Runnable onExit;
    private final long stallNanos;
    private final List<Sequence> running = new ArrayList<>();
    private final Thread thread;
    private volatile boolean isClosing;
    private volatile @Nullable Throwable failure;

    /**
     * @param stallNanos how long a sequence waits for its reader
     * @param onExit frees the model, on the engine thread
     */
    Scheduler(
            String name,
            Backend backend,
            AdmissionQueue queue,
            SequenceSlots slots,
            StepPlan plan,
            Statistics statistics,
            long stallNanos,
            Runnable onExit) {
        this.backend = backend;
        this.queue = queue;
        this.slots = slots;
        this.plan = plan;
        this.statistics = statistics;
        this.stallNanos = stallNanos;
        this.onExit = onExit;
        thread = Thread.ofPlatform().daemon().name("gpt-oss-engine-" + name).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Tells the engine thread that there may be something to do; any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Ends a request early, within the current step; any thread. */
    void stop(LiveGeneration generation, FinishReason reason) {
        if (!generation.requestStop(reason)) {
            return;
        }
        if (queue.remove(generation)) {
            statistics.stopped();
            generation.end(reason, null);
            return;
        }
        if (generation.isInLongStep()) {
            plan.step().cancel();
        }
        wake();
    }

    /** Ends every request and the thread, and waits for it; any thread, any number of times. */
    void close() {
        isClosing = true;
        plan.step().cancel();
        wake();
        boolean wasInterrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What ended the engine thread, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            while (!isClosing) {
                admit();
                endStopped();
                if (!computeStep()) {
                    rest();
                }
            }
        } catch (Throwable t) {
            failure = t;
            LOG.error("The engine thread failed; the engine is closed", t);
        } finally {
            endAll();
            onExit.run();
        }
    }

    private void admit() {
        while (slots.hasFree()) {
            LiveGeneration generation = queue.poll();
            if (generation == null) {
                return;
            }
            try {
                Sequence sequence = slots.occupy(generation);
                running.add(sequence);
                Ending ending = sequence.begin();
                if (ending != null) {
                    end(sequence, ending);
                }
            } catch (Throwable t) {
                abandon(generation, t);
                if (t instanceof Error error) {
                    throw error;
                }
                LOG.warn("Request {} failed as it started", generation.id(), t);
            }
        }
    }

    private void abandon(LiveGeneration generation, Throwable cause) {
        for (int i = running.size() - 1; i >= 0; i--) {
            if (running.get(i).generation() == generation) {
                end(running.get(i), Ending.failed(cause));
                return;
            }
        }
        queue.finished();
        generation.end(FinishReason.ERROR, cause);
    }

    /** Ends sequences that shall stop, and those whose reader has stopped reading. */
    private void endStopped() {
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            FinishReason reason = sequence.generation().stopRequested();
            if (reason == null && hasStalled(sequence)) {
                reason = FinishReason.DEADLINE;
            }
            if (reason != null) {
                endEarly(sequence, reason);
            }
        }
    }

    private void endEarly(Sequence sequence, FinishReason reason) {
        statistics.stopped();
        try {
            end(sequence, sequence.breakOff(reason));
        } catch (RuntimeException e) {
            end(sequence, Ending.failed(e));
        }
    }

    private boolean hasStalled(Sequence sequence) {
        if (!sequence.generation().mailbox().isFull()) {
            sequence.pausedSince = 0;
            return false;
        }
        long now = System.nanoTime();
        if (sequence.pausedSince == 0) {
            sequence.pausedSince = now;
        }
        return now - sequence.pausedSince >= stallNanos;
    }

    /** Computes one step, if there is anything to compute. */
    private boolean computeStep() {
        if (!plan.fill(running)) {
            return false;
        }
        boolean isComputed;
        long start = System.nanoTime();
        try {
            isComputed = isClosing || plan.mustReplan(running)
                    ? false
                    : backend.submit(plan.step()).await();
        } catch (Throwable t) {
            failStep(t);
            return true;
        } finally {
            plan.leaveStep(running);
        }
        if (isComputed) {
            plan.took(System.nanoTime() - start);
            for (int i = running.size() - 1; i >= 0; i--) {
                take(running.get(i));
            }
        }
        return true;
    }

    private void take(Sequence sequence) {
        if (sequence.rows() == 0) {
            return;
        }
        try {
            Ending ending = sequence.take(plan.step());
            if (ending != null) {
                end(sequence, ending);
            }
        } catch (RuntimeException e) {
            LOG.warn("Request {} failed", sequence.generation().id(), e);
            end(sequence, Ending.failed(e));
        }
    }

    /** Ends the sequences of a step that failed; the others go on. */
    private void failStep(Throwable cause) {
        LOG.error("A step of {} rows failed", plan.step().rows(), cause);
        for (int i = running.size() - 1; i >= 0; i--) {
            Sequence sequence = running.get(i);
            if (sequence.rows() > 0) {
                end(sequence, Ending.failed(cause));
            }
        }
    }

    private void end(Sequence sequence, Ending ending) {
        if (!running.remove(sequence)) {
            return; // it failed while it ended
        }
        try {
            sequence.finish(ending);
        } finally {
            slots.leave(sequence, ending.failure() == null);
            queue.finished();
            statistics.ended(sequence.generation().progress());
            sequence.generation().end(ending.reason(), ending.failure());
        }
    }

    /** Waits for something to do. */
    private void rest() {
        if (isClosing || queue.waiting() > 0 && slots.hasFree()) {
            return;
        }
        if (running.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, Math.min(stallNanos, TimeUnit.SECONDS.toNanos(1)));
        }
        Thread.interrupted(); // nobody may interrupt this thread; a set flag would make it spin
    }

    private void endAll() {
        FinishReason reason = failure == null ? FinishReason.CANCELLED : FinishReason.ERROR;
        for (LiveGeneration waiting : queue.close()) {
            waiting.end(reason, failure);
        }
        while (!running.isEmpty()) {
            Sequence sequence = running.removeLast();
            try {
                sequence.finish(new Ending(reason, failure));
            } catch (Throwable t) {
                LOG.debug(
                        "Request {} could not be finished",
                        sequence.generation().id(),
                        t);
            }
            sequence.generation().end(reason, failure);
        }
    }
}
