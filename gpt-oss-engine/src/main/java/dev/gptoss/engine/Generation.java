package dev.gptoss.engine;

import java.util.Iterator;

/** A submitted request. Closing it before its end cancels it. */
public interface Generation extends Iterable<GenerationEvent>, AutoCloseable {

    /** Unique id of the request. */
    String id();

    /**
     * Events in order, each once; {@code hasNext} blocks until the next event or the end. An interrupt cancels the
     * request and ends the iteration with {@link GenerationEvent.Finished}. Not available with a listener.
     */
    @Override
    Iterator<GenerationEvent> iterator();

    /**
     * Reads the remaining events and waits for the end. An interrupt cancels the request and stays set.
     *
     * @throws EngineException what failed, if the generation ended with {@link FinishReason#ERROR}
     */
    GenerationResult await();

    /** Stops the request within a decode step or a layer of a prefill; idempotent, any thread. */
    void cancel();

    /** Cancels if unfinished. */
    @Override
    void close();
}
