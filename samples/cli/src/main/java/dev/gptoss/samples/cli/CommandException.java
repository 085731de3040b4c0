package dev.gptoss.samples.cli;

/** A failure that its message explains to the user. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CommandException(String message) {
        super(message);
    }
}
