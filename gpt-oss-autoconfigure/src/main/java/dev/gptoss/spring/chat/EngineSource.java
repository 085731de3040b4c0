package dev.gptoss.spring.chat;

import dev.gptoss.engine.Engine;

/** Gives the engine of a model, waiting for it where it is still being loaded. */
@FunctionalInterface
public interface EngineSource {

    /**
     * The engine, ready to answer.
     *
     * @throws RuntimeException of its own type if the engine failed to load, or is not ready in time
     */
    Engine engine();
}
