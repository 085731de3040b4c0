package dev.gptoss.engine.compute;

/** Follows a load. Called on loading threads; must be quick. */
public interface LoadListener {

    /** A listener that neither listens nor cancels. */
    LoadListener NONE = (done, total) -> {};

    /** Bytes of weights that are ready, out of all. */
    void onProgress(long done, long total);

    /** Asked often; true stops the load with a {@link java.util.concurrent.CancellationException}. */
    default boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
