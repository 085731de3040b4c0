package dev.gptoss.engine.compute;

/** The ticket of a step that was computed while it was submitted. */
public enum DoneTicket implements Ticket {
    COMPUTED,
    CANCELLED;

    @Override
    public boolean await() {
        return this == COMPUTED;
    }

    @Override
    public boolean isDone() {
        return true;
    }
}
