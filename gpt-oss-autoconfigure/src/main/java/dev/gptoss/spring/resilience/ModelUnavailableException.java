package dev.gptoss.spring.resilience;

/** The model was not asked, or not waited for. */
public abstract class ModelUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
