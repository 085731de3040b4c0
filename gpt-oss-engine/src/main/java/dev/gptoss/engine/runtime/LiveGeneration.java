package dev.gptoss.engine.runtime;

import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A submitted request, from its submission to its last event. What callers hold, and what the scheduler works on. */
final class LiveGeneration implements Generation {

    private final String id;
    private final PreparedPrompt prepared;
    private final GenerationRequest request;
    private final Scheduler scheduler;
    private final Progress progress = new Progress();
    private final Mailbox mailbox;
    private final boolean hasListener;
    private final AtomicReference<@Nullable FinishReason> stopRequested = new AtomicReference<>();
    private final List<GenerationEvent> taken = new ArrayList<>();
    private final CountDownLatch delivered = new CountDownLatch(1);
    private volatile List<Future<?>> timers = List.of();
    private volatile boolean isInLongStep;

    LiveGeneration(
            String id, GenerationRequest request, PreparedPrompt prepared, Scheduler scheduler, boolean hasListener) {
        this.id = id;
        this.request = request;
        this.prepared = prepared;
        this.scheduler = scheduler;
        this.hasListener = hasListener;
        mailbox = new Mailbox(progress, scheduler::wake);
        progress.promptTokens = prepared.tokens().length;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Iterator<GenerationEvent> iterator() {
        if (hasListener) {
            throw new IllegalStateException("the events of this generation go to its listener");
        }
        return events();
    }

    /** The iterator of whoever reads: the caller or the listener's thread. */
    Iterator<GenerationEvent> events() {
        return new EventIterator(this::take);
    }

    @Override
    public GenerationResult await() {
        boolean wasInterrupted = false;
        if (hasListener) {
            wasInterrupted = awaitListener();
        } else {
            drain();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (taken) {
            return GenerationResult.collect(taken);
        }
    }

    /** Waits until the listener has had the last event; tells whether it was interrupted, which cancels. */
    private boolean awaitListener() {
        boolean wasInterrupted = false;
        while (true) {
            try {
                delivered.await();
                return wasInterrupted;
            } catch (InterruptedException e) {
                wasInterrupted = true;
                cancel();
            }
        }
    }

    /** Takes the next event; null after the last. An interrupt cancels, and stays set. */
    private @Nullable GenerationEvent take() {
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    GenerationEvent event = mailbox.take();
                    if (event != null) {
                        synchronized (taken) {
                            taken.add(event);
                        }
                    }
                    return event;
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                    cancel();
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void cancel() {
        scheduler.stop(this, FinishReason.CANCELLED);
    }

    @Override
    public void close() {
        cancel();
    }

    GenerationRequest request() {
        return request;
    }

    PreparedPrompt prepared() {
        return prepared;
    }

    Progress progress() {
        return progress;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Reads what is left without showing it to anybody. */
    void drain() {
        while (take() != null) {}
    }

    /** Notes that the listener has had its last event. */
    void delivered() {
        delivered.countDown();
    }

    void timers(List<Future<?>> deadlines) {
        timers = deadlines;
        if (mailbox.isEnded()) {
            stopTimers();
        }
    }

    /** Asks for an early end; false if one was asked for before, or the end has come. */
    boolean requestStop(FinishReason reason) {
        return !mailbox.isEnded() && stopRequested.compareAndSet(null, reason);
    }

    /** Why the request shall end early, or null. */
    @Nullable
    FinishReason stopRequested() {
        return stopRequested.get();
    }

    /** Whether rows of this request are in a step that takes longer than a decode step. */
    boolean isInLongStep() {
        return isInLongStep;
    }

    void isInLongStep(boolean isLong) {
        isInLongStep = isLong;
    }

    /** Ends the request; only the first end counts. */
    void end(FinishReason reason, @Nullable Throwable cause) {
        mailbox.end(reason, cause);
        stopTimers();
    }

    private void stopTimers() {
        for (Future<?> timer : timers) {
            timer.cancel(false);
        }
    }
}
