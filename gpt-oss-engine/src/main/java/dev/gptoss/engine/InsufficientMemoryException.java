package dev.gptoss.engine;

/** A model does not fit; found before anything was allocated. */
public final class InsufficientMemoryException extends EngineException {

    private static final long serialVersionUID = 1;

    private final long neededBytes;
    private final long availableBytes;

    /**
     * @param detail needed bytes by kind, as text
     */
    public InsufficientMemoryException(long neededBytes, long availableBytes, String detail) {
        super("The model needs " + neededBytes + " bytes (" + detail + "), " + availableBytes
                + " are available. Give the process more memory, or lower the context length or the sequences.");
        this.neededBytes = neededBytes;
        this.availableBytes = availableBytes;
    }

    public long neededBytes() {
        return neededBytes;
    }

    public long availableBytes() {
        return availableBytes;
    }
}
