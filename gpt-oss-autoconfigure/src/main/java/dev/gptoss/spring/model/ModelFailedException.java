package dev.gptoss.spring.model;

/** A model could not be loaded. */
public final class ModelFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ModelFailedException(String model, Throwable cause) {
        super("The model '" + model + "' could not be loaded: " + cause.getMessage(), cause);
    }
}
