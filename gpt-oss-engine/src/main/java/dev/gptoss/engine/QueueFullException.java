package dev.gptoss.engine;

/** Too many requests wait already. */
public final class QueueFullException extends EngineException {

    private static final long serialVersionUID = 1;

    private final int limit;

    public QueueFullException(int limit) {
        super("The queue is full: " + limit + " requests wait already. Retry later, or raise the queue limit.");
        this.limit = limit;
    }

    /** Most requests that wait. */
    public int limit() {
        return limit;
    }
}
