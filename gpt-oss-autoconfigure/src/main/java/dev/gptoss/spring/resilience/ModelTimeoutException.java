package dev.gptoss.spring.resilience;

/** The model took too long. */
public final class ModelTimeoutException extends ModelUnavailableException {

    private static final long serialVersionUID = 1;

    ModelTimeoutException(String instance, Throwable cause) {
        super(
                "The model took longer than its time limiter allows (" + instance
                        + "). Ask for less, or raise timeout-duration.",
                cause);
    }
}
