package dev.gptoss.spring.model;

import java.time.Duration;

/** A model is still being loaded. */
public final class ModelNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ModelNotReadyException(String model, int percent, Duration waited) {
        super("The model '" + model + "' is still being loaded (" + percent + " %) after a wait of " + waited
                + ". Retry later, or allow calls to wait longer (gpt-oss.load-wait).");
    }
}
