package dev.gptoss.spring.autoconfigure;

import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Lets running generations end before the models are closed, for as long as the application allows a phase of its
 * shutdown to take ({@code spring.lifecycle.timeout-per-shutdown-phase}). Web servers have stopped by then.
 */
final class ModelDrain implements SmartLifecycle {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ObjectProvider<LoadedModel> models;
    private volatile boolean isRunning;

    ModelDrain(ObjectProvider<LoadedModel> models) {
        this.models = models;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        isRunning = false;
    }

    @Override
    public void stop(Runnable callback) {
        Thread.ofVirtual().name("gpt-oss-drain").start(() -> {
            try {
                while (models.stream().anyMatch(ModelDrain::isBusy)) {
                    Thread.sleep(LOOK_AGAIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                stop();
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        // Below the web server's phases (DEFAULT_PHASE - 1024 and - 2048), which stop first.
        return DEFAULT_PHASE - 4096;
    }

    private static boolean isBusy(LoadedModel model) {
        if (!(model.state() instanceof ModelState.Ready ready)) {
            return false;
        }
        EngineStatistics now = ready.engine().statistics();
        return now.running() + now.waiting() > 0;
    }
}
