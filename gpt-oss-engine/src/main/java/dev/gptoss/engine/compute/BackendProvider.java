package dev.gptoss.engine.compute;

import dev.gptoss.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/** Makes backends of one name. Found as a service; constructing it loads nothing that may be missing. */
public interface BackendProvider {

    String name();

    /** Why it cannot run here and what to do about it, or null if it can. */
    @Nullable
    String obstacle();

    /** The highest of all available is chosen by {@link BackendChoice#AUTO}. */
    int preference();

    /** Sizes what {@link #load} will take; allocates nothing. */
    BackendPlan plan(Weights weights, BackendChoice choice);

    /**
     * Loads a model. The weights may be closed afterwards if {@link #keepsReading} is false.
     *
     * @throws java.util.concurrent.CancellationException if the listener cancelled
     */
    Backend load(Weights weights, BackendPlan plan, LoadListener listener);

    /** Whether a loaded backend goes on reading its weights. */
    boolean keepsReading();
}
