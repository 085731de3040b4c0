package dev.gptoss.spring.test;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Timings;
import dev.gptoss.engine.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays a script, delta by delta. One word is one token, each token takes a millisecond. */
final class ScriptedGeneration implements Generation {

    private final String id;
    private final Script script;
    private final GenerationRequest request;
    private final End onEnd;
    private final Instant submitted = Instant.now();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Events events = new Events();

    ScriptedGeneration(String id, Reply reply, GenerationRequest request, End onEnd) {
        this.id = id;
        this.script = Script.of(id, reply, request);
        this.request = request;
        this.onEnd = onEnd;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Iterator<GenerationEvent> iterator() {
        return events;
    }

    @Override
    public GenerationResult await() {
        return GenerationResult.collect(this);
    }

    @Override
    public void cancel() {
        cancelled.countDown();
        // Whoever cancels may never read again.
        onEnd.ended(this, script.usage(), true);
    }

    @Override
    public void close() {
        if (!events.ended) {
            cancel();
        }
    }

    /** Told once a generation has ended. */
    interface End {
        void ended(ScriptedGeneration generation, Usage usage, boolean wasCancelled);
    }

    private final class Events implements Iterator<GenerationEvent> {

        private int next;
        private volatile boolean ended;

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public GenerationEvent next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            FinishReason early = waitForNext();
            if (early != null) {
                return finish(early, null);
            }
            List<GenerationEvent> deltas = script.events();
            return next < deltas.size() ? deltas.get(next++) : finish(script.ending(), script.failure());
        }

        /** The reason to end now, or null. */
        private @Nullable FinishReason waitForNext() {
            Duration total = request.deadlines().total();
            Duration left = total == null ? null : total.minus(Duration.between(submitted, Instant.now()));
            Duration pause = left != null && left.compareTo(script.delay()) < 0 ? left : script.delay();
            try {
                if (cancelled.await(Math.max(0, pause.toNanos()), TimeUnit.NANOSECONDS)) {
                    return FinishReason.CANCELLED;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return FinishReason.CANCELLED;
            }
            return pause.equals(script.delay()) ? null : FinishReason.DEADLINE;
        }

        private GenerationEvent finish(FinishReason reason, @Nullable EngineException failure) {
            ended = true;
            onEnd.ended(
                    ScriptedGeneration.this,
                    script.usage(),
                    reason == FinishReason.CANCELLED || reason == FinishReason.DEADLINE);
            Duration decode = Duration.ofMillis(Math.max(1, script.usage().completion()));
            Timings timings = new Timings(Duration.ZERO, Duration.ofMillis(1), decode, decode.plusMillis(1));
            return new GenerationEvent.Finished(reason, script.usage(), timings, List.of(), failure);
        }
    }
}
