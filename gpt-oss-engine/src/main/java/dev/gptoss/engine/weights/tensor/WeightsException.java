package dev.gptoss.engine.weights.tensor;

import java.io.Serial;

/**
 * A model file that cannot be used. The message names the file, the place in it, what was expected, what was found and
 * the way out.
 */
public final class WeightsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
