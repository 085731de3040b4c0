package dev.gptoss.spring.resilience;

/** Too many calls run at the same time. */
public final class ModelBusyException extends ModelUnavailableException {

    private static final long serialVersionUID = 1;

    ModelBusyException(String instance, Throwable cause) {
        super(
                "The model has as many calls as its bulkhead allows (" + instance
                        + "). Retry later, or raise max-concurrent-calls.",
                cause);
    }
}
