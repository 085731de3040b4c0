package dev.gptoss.engine;

/** The engine is closed. */
public final class EngineClosedException extends EngineException {

    private static final long serialVersionUID = 1;

    public EngineClosedException() {
        super("The engine is closed. Open the model again.");
    }
}
