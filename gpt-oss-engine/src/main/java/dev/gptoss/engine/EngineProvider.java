package dev.gptoss.engine;

/** Opens engines; found by {@link java.util.ServiceLoader}. */
public interface EngineProvider {

    /** @see Engine#open */
    Engine open(EngineOptions options);
}
