package dev.gptoss.engine;

/** A constrained answer could not be closed within the request's limits; no malformed text is handed out. */
public final class IncompleteAnswerException extends EngineException {

    private static final long serialVersionUID = 1;

    public IncompleteAnswerException(String message) {
        super(message);
    }
}
