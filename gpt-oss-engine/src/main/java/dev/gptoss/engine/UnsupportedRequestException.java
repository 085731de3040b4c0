package dev.gptoss.engine;

/** A request asks for something this engine cannot do; it was refused, not ignored. */
public final class UnsupportedRequestException extends EngineException {

    private static final long serialVersionUID = 1;

    public UnsupportedRequestException(String message) {
        super(message);
    }
}
