package dev.gptoss.engine;

/** Follows one request. Called by one thread at a time; may block, which pauses only its own sequence. */
@FunctionalInterface
public interface GenerationListener {

    void onEvent(GenerationEvent event);
}
