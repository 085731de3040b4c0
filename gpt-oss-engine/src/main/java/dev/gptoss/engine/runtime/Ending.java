package dev.gptoss.engine.runtime;

import dev.gptoss.engine.FinishReason;
import org.jspecify.annotations.Nullable;

/** How a turn ends. */
record Ending(FinishReason reason, @Nullable Throwable failure) {

    static Ending of(FinishReason reason) {
        return new Ending(reason, null);
    }

    static Ending failed(Throwable failure) {
        return new Ending(FinishReason.ERROR, failure);
    }
}
