package dev.gptoss.engine;

import org.jspecify.annotations.Nullable;

/** What an engine cannot do. Each cause that a caller may handle has a type of its own. */
public class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
