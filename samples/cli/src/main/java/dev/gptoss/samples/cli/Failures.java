package dev.gptoss.samples.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What to tell about a failure, in one line. */
final class Failures {

    private Failures() {}

    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof java.io.UncheckedIOException
                && cause.getCause() instanceof java.io.IOException io
                && cause.getMessage() != null
                && cause.getMessage().equals(io.toString())) {
            cause = io;
        }
        String message = cause.getMessage();
        String text = switch (cause) {
            case NoSuchFileException missing -> "No such file: " + missing.getFile();
            case AccessDeniedException denied -> "Not allowed to open " + denied.getFile();
            case OutOfMemoryError exhausted ->
                "Out of memory (" + exhausted.getMessage() + "). Give the program a larger heap: "
                        + "GPT_OSS_JAVA_OPTIONS=-Xmx4g";
            default -> message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        };
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
