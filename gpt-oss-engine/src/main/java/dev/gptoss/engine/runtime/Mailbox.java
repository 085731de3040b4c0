package dev.gptoss.engine.runtime;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.TokenLogprob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of one request between the engine thread and its reader. Bounded by what was put and not read; deltas of one
 * kind that wait are joined. The end needs no memory: its events are made by the reader, so that a reader never waits
 * for an engine that ran out of it.
 */
final class Mailbox {

    /** Unread events at which the sequence pauses; some seconds of decoding, some kilobytes of text. */
    static final int CAPACITY = 256;

    private final Progress progress;
    private final Runnable onRoom;
    private final ArrayDeque<GenerationEvent> events = new ArrayDeque<>();
    private int unread;
    private boolean isUsageTaken;
    private boolean isEndTaken;
    private @Nullable FinishReason reason;
    private @Nullable Throwable failure;

    /**
     * @param progress read once the mailbox has ended
     * @param onRoom called by the reader when a full mailbox has room again
     */
    Mailbox(Progress progress, Runnable onRoom) {
        this.progress = progress;
        this.onRoom = onRoom;
    }

    /** Adds an event, joined with the last one where both are deltas of a kind. */
    synchronized void put(GenerationEvent event) {
        GenerationEvent last = events.peekLast();
        GenerationEvent joined = last == null ? null : joined(last, event);
        if (joined != null) {
            events.removeLast();
        }
        events.addLast(joined == null ? event : joined);
        unread++;
        notifyAll();
    }

    /** Ends the stream; only the first end counts. */
    synchronized void end(FinishReason finishReason, @Nullable Throwable cause) {
        if (reason == null) {
            reason = finishReason;
            failure = cause;
            progress.ended = System.nanoTime();
            notifyAll();
        }
    }

    synchronized boolean isFull() {
        return unread >= CAPACITY;
    }

    synchronized boolean isEnded() {
        return reason != null;
    }

    /** Whether the last event has been taken. */
    synchronized boolean isExhausted() {
        return isEndTaken;
    }

    /**
     * Takes the next event, waiting for it; null after the last one.
     *
     * @throws InterruptedException if the thread is interrupted while it would wait
     */
    @Nullable
    GenerationEvent take() throws InterruptedException {
        GenerationEvent event;
        boolean hadNoRoom;
        synchronized (this) {
            while (events.isEmpty() && reason == null) {
                wait();
            }
            hadNoRoom = isFull();
            event = events.isEmpty() ? ending() : events.pollFirst();
            unread = events.size();
        }
        if (hadNoRoom) {
            onRoom.run();
        }
        return event;
    }

    private @Nullable GenerationEvent ending() {
        FinishReason why = reason;
        if (isEndTaken || why == null) {
            return null;
        }
        if (!isUsageTaken) {
            isUsageTaken = true;
            return new GenerationEvent.UsageUpdate(progress.usage());
        }
        isEndTaken = true;
        return new GenerationEvent.Finished(
                why, progress.usage(), progress.timings(), progress.tokens(), asEngineException(failure));
    }

    private static @Nullable EngineException asEngineException(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> null;
            case EngineException known -> known;
            default -> new EngineException("The engine failed while it computed an answer: " + cause, cause);
        };
    }

    private static @Nullable GenerationEvent joined(GenerationEvent last, GenerationEvent next) {
        if (last instanceof GenerationEvent.ReasoningDelta a && next instanceof GenerationEvent.ReasoningDelta b) {
            return new GenerationEvent.ReasoningDelta(a.text() + b.text());
        }
        if (last instanceof GenerationEvent.TextDelta a
                && next instanceof GenerationEvent.TextDelta b
                && a.isPreamble() == b.isPreamble()) {
            List<TokenLogprob> logprobs = new ArrayList<>(a.logprobs());
            logprobs.addAll(b.logprobs());
            return new GenerationEvent.TextDelta(a.text() + b.text(), a.isPreamble(), logprobs);
        }
        if (last instanceof GenerationEvent.Prefill && next instanceof GenerationEvent.Prefill) {
            return next;
        }
        return null;
    }
}
