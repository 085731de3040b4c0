package dev.gptoss.spring.model;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationListener;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.ModelInfo;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on an engine. Closing it lets go; the engine itself stays open. */
final class SharedEngine implements Engine {

    private final Engine engine;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    SharedEngine(Engine engine, Runnable release) {
        this.engine = engine;
        this.release = release;
    }

    @Override
    public ModelInfo info() {
        return engine.info();
    }

    @Override
    public Generation submit(GenerationRequest request) {
        checkOpen();
        return engine.submit(request);
    }

    @Override
    public Generation submit(GenerationRequest request, GenerationListener listener) {
        checkOpen();
        return engine.submit(request, listener);
    }

    @Override
    public EngineStatistics statistics() {
        return engine.statistics();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new EngineClosedException();
        }
    }
}
