package dev.gptoss.engine;

import java.util.Locale;

/** Why a generation ended. */
public enum FinishReason {
    /** The model ended its turn, or a stop string was met. */
    STOP,
    /** The token limit or the context was reached. */
    LENGTH,
    /** The model called tools and waits for their results. */
    TOOL_CALLS,
    /** The caller cancelled, or the engine was closed. */
    CANCELLED,
    /** A deadline passed. */
    DEADLINE,
    /** The model repeated itself without end. */
    LOOP,
    /** The engine failed; {@link GenerationEvent.Finished#error} says how. */
    ERROR;

    /** The name on the wire, such as {@code tool_calls}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
