package dev.gptoss.spring.autoconfigure.diagnostics;

/** A framework of another generation than this starter is made for. */
public final class IncompatibleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String action;

    private IncompatibleVersionException(String message, String action) {
        super(message);
        this.action = action;
    }

    /**
     * @param framework such as {@code Spring Boot}
     * @param found version on the class path
     * @param needed versions that fit, such as {@code 4.x}
     */
    public static IncompatibleVersionException of(String framework, String found, String needed) {
        return new IncompatibleVersionException(
                "This starter is made for " + framework + " " + needed + ", on the class path is " + found + ".",
                "Use " + framework + " " + needed + ". If it comes with another dependency, exclude it there or manage"
                        + " its version.");
    }

    /** What to do. */
    public String action() {
        return action;
    }
}
