package dev.gptoss.engine;

import java.util.ServiceLoader;

/**
 * A loaded model that answers requests. Safe for any number of threads; close it to free its memory.
 *
 * <pre>{@code
 * try (Engine engine = Engine.open(EngineOptions.of(Path.of("gpt-oss-20b")))) {
 *     GenerationResult answer = engine.submit(GenerationRequest.of("Why is the sky blue?")).await();
 *     System.out.println(answer.text());
 * }
 * }</pre>
 */
public interface Engine extends AutoCloseable {

    /**
     * Loads a model.
     *
     * @throws dev.gptoss.engine.weights.tensor.WeightsException if a file is missing, damaged or not a gpt-oss model
     * @throws InsufficientMemoryException if the model does not fit, before anything is allocated
     * @throws java.util.concurrent.CancellationException if the load was cancelled
     */
    static Engine open(EngineOptions options) {
        return ServiceLoader.load(EngineProvider.class, Engine.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new EngineException("no engine on the class path; add gpt-oss-engine"))
                .open(options);
    }

    /** What is loaded and how it computes. */
    ModelInfo info();

    /**
     * Queues a request; never blocks. Events wait in a bounded queue until they are read; a reader that stops pauses only
     * its own sequence.
     *
     * @throws QueueFullException if too many requests wait already
     * @throws ContextLengthException if the prompt is longer than the context
     * @throws UnsupportedRequestException if the request asks for something this engine cannot do
     * @throws EngineClosedException if the engine is closed
     */
    Generation submit(GenerationRequest request);

    /**
     * Queues a request whose events go to a listener, in order, on a thread of their own; never on an engine thread.
     *
     * @see #submit(GenerationRequest)
     */
    Generation submit(GenerationRequest request, GenerationListener listener);

    /** Load, queue and memory at this moment. */
    EngineStatistics statistics();

    /** Cancels what runs, waits for the current step and frees the model. Idempotent. */
    @Override
    void close();
}
