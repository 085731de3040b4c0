package dev.gptoss.spring.resilience;

/** Too many calls in a period. */
public final class ModelRateLimitedException extends ModelUnavailableException {

    private static final long serialVersionUID = 1;

    ModelRateLimitedException(String instance, Throwable cause) {
        super(
                "The model was called as often as its rate limiter allows (" + instance
                        + "). Retry later, or raise limit-for-period.",
                cause);
    }
}
