package dev.gptoss.spring.model;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.spring.chat.EngineSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model from the moment its loading starts to its end. Safe for any number of threads. */
public final class LoadedModel implements EngineSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

    private final String name;
    private final Duration patience;
    private final AtomicReference<ModelState> state = new AtomicReference<>(new ModelState.Loading(0, 0));
    private final CountDownLatch settled = new CountDownLatch(1);

    private LoadedModel(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    /** Loads a model on the calling thread; what fails is thrown as it is. */
    public static LoadedModel eagerly(
            String name, EngineOptions options, Duration patience, Function<EngineOptions, Engine> opener) {
        LoadedModel model = new LoadedModel(name, patience);
        model.load(options, opener);
        if (model.state() instanceof ModelState.Failed failed && failed.cause() instanceof RuntimeException cause) {
            throw cause;
        }
        return model;
    }

    /**
     * Starts to load a model and returns.
     *
     * @param patience how long {@link #engine()} waits for it
     * @param onSettled told once it is ready or has failed
     */
    public static LoadedModel inBackground(
            String name,
            EngineOptions options,
            Duration patience,
            Function<EngineOptions, Engine> opener,
            Consumer<ModelState> onSettled) {
        LoadedModel model = new LoadedModel(name, patience);
        Thread.ofPlatform().daemon().name("gpt-oss-load-" + name).start(() -> {
            model.load(options, opener);
            onSettled.accept(model.state());
        });
        return model;
    }

    /** Name under which it is configured. */
    public String name() {
        return name;
    }

    /** How far it is. */
    public ModelState state() {
        return state.get();
    }

    /**
     * The engine.
     *
     * @throws ModelNotReadyException if it is still being loaded when patience ends, or the thread is interrupted
     * @throws ModelFailedException if it could not be loaded
     */
    @Override
    public Engine engine() {
        awaitSettled();
        return switch (state()) {
            case ModelState.Ready ready -> ready.engine();
            case ModelState.Failed failed -> throw new ModelFailedException(name, failed.cause());
            case ModelState.Loading loading -> throw new ModelNotReadyException(name, loading.percent(), patience);
            case ModelState.Closed closed -> throw new EngineClosedException();
        };
    }

    /** Stops loading, or closes the engine. */
    @Override
    public void close() {
        ModelState last = state.getAndSet(new ModelState.Closed());
        settled.countDown();
        if (last instanceof ModelState.Ready ready) {
            ready.engine().close();
        }
    }

    private void awaitSettled() {
        try {
            settled.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load(EngineOptions options, Function<EngineOptions, Engine> opener) {
        LOG.info("Loading model {} from {}", name, options.model());
        try {
            Engine engine = opener.apply(options.withLoadListener(new Progress()));
            if (advance(new ModelState.Ready(engine))) {
                var info = engine.info();
                LOG.info(
                        "Model {} is ready after {} ms: backend {}, {} threads, context {}",
                        name,
                        info.loadTime().toMillis(),
                        info.backend(),
                        info.threads(),
                        info.contextLength());
            } else {
                engine.close();
            }
        } catch (RuntimeException | Error e) {
            if (advance(new ModelState.Failed(e))) {
                LOG.error("Model {} could not be loaded: {}", name, e.getMessage());
            }
        } finally {
            settled.countDown();
        }
    }

    /** Moves on from loading; false if the model was closed meanwhile. */
    private boolean advance(ModelState next) {
        ModelState before = state.getAndUpdate(last -> last instanceof ModelState.Loading ? next : last);
        return before instanceof ModelState.Loading;
    }

    private final class Progress implements LoadListener {

        private int told;

        @Override
        public void onProgress(long done, long total) {
            ModelState.Loading now = new ModelState.Loading(done, total);
            advance(now);
            // A line for each quarter: enough to see that it moves.
            if (now.percent() / 25 > told) {
                told = now.percent() / 25;
                LOG.info("Loading model {}: {} %", name, now.percent());
            }
        }

        @Override
        public boolean isCancelled() {
            return state() instanceof ModelState.Closed
                    || Thread.currentThread().isInterrupted();
        }
    }
}
