package dev.gptoss.spring.resilience;

/** Too many calls failed. */
public final class ModelCircuitOpenException extends ModelUnavailableException {

    private static final long serialVersionUID = 1;

    ModelCircuitOpenException(String instance, Throwable cause) {
        super(
                "The model's circuit breaker is open after too many failures (" + instance
                        + "). Retry later, and see the failures in the log.",
                cause);
    }
}
