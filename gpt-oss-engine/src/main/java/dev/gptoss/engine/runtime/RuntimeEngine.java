package dev.gptoss.engine.runtime;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationListener;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine over a backend: prepares requests on the caller's thread and hands them to the engine thread. */
final class RuntimeEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeEngine.class);

    /** How long a sequence waits for a reader who has stopped reading before it gives up its slot. */
    static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private final ModelInfo info;
    private final RequestPreparer preparer;
    private final AdmissionQueue queue;
    private final int queueLimit;
    private final SequenceSlots slots;
    private final Statistics statistics = new Statistics();
    private final Scheduler scheduler;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * @param queueLimit most requests that wait
     * @param costs of drafts
     * @param stallLimit how long a sequence waits for its reader
     * @param onExit frees what belongs to the model beside the backend
     */
    RuntimeEngine(
            Backend backend,
            ModelInfo info,
            Tokenizer tokenizer,
            Clock clock,
            DraftCosts costs,
            int queueLimit,
            Duration stallLimit,
            Runnable onExit) {
        this.info = info;
        this.queueLimit = queueLimit;
        Step step = new Step(backend.limits());
        queue = new AdmissionQueue(queueLimit, backend.limits().slots());
        slots = new SequenceSlots(info.config(), backend.limits(), step);
        preparer = new RequestPreparer(
                tokenizer, clock, info.config().vocabulary(), backend.limits().contextLength());
        deadlines = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("gpt-oss-deadlines-" + info.name())
                        .factory());
        deadlines.setRemoveOnCancelPolicy(true);
        MaskWriter masks = new MaskWriter(info.name(), step, info.config().vocabulary());
        StepPlan plan = new StepPlan(step, masks, costs);
        scheduler = new Scheduler(info.name(), backend, queue, slots, plan, statistics, stallLimit.toNanos(), () -> {
            deadlines.shutdownNow();
            backend.close();
            onExit.run();
        });
        scheduler.start();
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public Generation submit(GenerationRequest request) {
        return enqueue(request, false);
    }

    @Override
    public Generation submit(GenerationRequest request, GenerationListener listener) {
        LiveGeneration generation = enqueue(request, true);
        Thread.ofVirtual().name("gpt-oss-listener-" + generation.id()).start(() -> deliver(generation, listener));
        return generation;
    }

    @Override
    public EngineStatistics statistics() {
        return statistics.snapshot(queue, queueLimit, slots.fullPages());
    }

    @Override
    public void close() {
        scheduler.close();
    }

    private LiveGeneration enqueue(GenerationRequest request, boolean hasListener) {
        requireOpen();
        PreparedPrompt prepared = preparer.prepare(request);
        LiveGeneration generation =
                new LiveGeneration(UUID.randomUUID().toString(), request, prepared, scheduler, hasListener);
        if (!queue.add(generation)) {
            throw closed();
        }
        generation.timers(timers(generation));
        scheduler.wake();
        return generation;
    }

    private void requireOpen() {
        if (queue.isClosed()) {
            throw closed();
        }
    }

    private EngineException closed() {
        Throwable failure = scheduler.failure();
        return failure == null
                ? new EngineClosedException()
                : new EngineException("The engine failed and is closed. Open the model again.", failure);
    }

    private List<Future<?>> timers(LiveGeneration generation) {
        Deadlines limits = generation.request().deadlines();
        List<Future<?>> timers = new ArrayList<>();
        Progress progress = generation.progress();
        addTimer(timers, generation, limits.queue(), () -> progress.started == 0);
        addTimer(timers, generation, limits.firstToken(), () -> progress.firstToken == 0);
        addTimer(timers, generation, limits.total(), () -> true);
        return timers;
    }

    private void addTimer(
            List<Future<?>> timers, LiveGeneration generation, @Nullable Duration after, BooleanSupplier isLate) {
        if (after == null) {
            return;
        }
        Runnable check = () -> {
            if (isLate.getAsBoolean()) {
                scheduler.stop(generation, FinishReason.DEADLINE);
            }
        };
        try {
            timers.add(deadlines.schedule(check, after.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debug("Request {} came as the engine closed, which ends it", generation.id());
        }
    }

    private static void deliver(LiveGeneration generation, GenerationListener listener) {
        try {
            Iterator<GenerationEvent> events = generation.events();
            while (events.hasNext()) {
                listener.onEvent(events.next());
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("The listener of request {} failed; the request is cancelled", generation.id(), e);
            generation.cancel();
            generation.drain();
        } finally {
            generation.delivered();
        }
    }
}
