package dev.gptoss.engine.compute;

/** A submitted step. Errors of the device surface in {@link #await}. */
public interface Ticket {

    /**
     * Waits until the step is computed; its outputs can be read afterwards.
     *
     * @return false if the step was cancelled: then only positions before it are intact
     */
    boolean await();

    boolean isDone();
}
