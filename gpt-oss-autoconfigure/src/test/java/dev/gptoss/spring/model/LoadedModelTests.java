package dev.gptoss.spring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.test.ScriptedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoadedModelTests {

    private static final EngineOptions OPTIONS = EngineOptions.of(Path.of("model"));

    private final ScriptedEngine engine = new ScriptedEngine();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicReference<ModelState> settled = new AtomicReference<>();

    @Test
    void callsWaitForAModelThatIsBeingLoaded() {
        LoadedModel model = inBackground(Duration.ofSeconds(10), options -> afterGate());
        Thread.ofVirtual().start(() -> {
            Awaitility.await().until(() -> model.state() instanceof ModelState.Loading);
            gate.countDown();
        });

        assertThat(model.engine()).isSameAs(engine);
        Awaitility.await().until(() -> settled.get() instanceof ModelState.Ready);
    }

    @Test
    void patienceEndsInATypedError() {
        LoadedModel model = inBackground(Duration.ofMillis(20), options -> {
            options.loadListener().onProgress(40, 100);
            return afterGate();
        });
        Awaitility.await().until(() -> model.state() instanceof ModelState.Loading loading && loading.percent() == 40);

        assertThatExceptionOfType(ModelNotReadyException.class)
                .isThrownBy(model::engine)
                .withMessageContaining("40 %")
                .withMessageContaining("gpt-oss.load-wait");
        gate.countDown();
    }

    @Test
    void failureIsToldToEveryCall() {
        LoadedModel model = inBackground(Duration.ofSeconds(10), options -> {
            throw new EngineException("the file is damaged");
        });

        assertThatExceptionOfType(ModelFailedException.class)
                .isThrownBy(model::engine)
                .withMessageContaining("the file is damaged");
        assertThat(model.state()).isInstanceOf(ModelState.Failed.class);
    }

    @Test
    void eagerLoadingThrowsWhatFailed() {
        EngineException failure = new EngineException("the file is damaged");

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> LoadedModel.eagerly("m", OPTIONS, Duration.ZERO, options -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void closingStopsALoad() {
        CountDownLatch stopped = new CountDownLatch(1);
        LoadedModel model = inBackground(Duration.ofSeconds(10), options -> {
            Awaitility.await().until(options.loadListener()::isCancelled);
            stopped.countDown();
            throw new CancellationException();
        });

        model.close();

        Awaitility.await().until(() -> stopped.getCount() == 0);
        assertThatExceptionOfType(EngineClosedException.class).isThrownBy(model::engine);
    }

    @Test
    void engineThatComesAfterTheEndIsClosed() {
        LoadedModel model = inBackground(Duration.ofSeconds(10), options -> afterGate());

        model.close();
        gate.countDown();

        Awaitility.await().until(engine::isClosed);
    }

    @Test
    void closingClosesTheEngine() {
        LoadedModel model = LoadedModel.eagerly("m", OPTIONS, Duration.ZERO, options -> engine);

        model.close();

        assertThat(engine.isClosed()).isTrue();
    }

    private LoadedModel inBackground(Duration patience, Function<EngineOptions, Engine> opener) {
        return LoadedModel.inBackground("m", OPTIONS, patience, opener, settled::set);
    }

    private Engine afterGate() {
        try {
            gate.await();
            return engine;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
