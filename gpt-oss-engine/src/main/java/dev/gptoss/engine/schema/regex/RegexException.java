package dev.gptoss.engine.schema.regex;

/** A pattern that is malformed, not regular, or too large. */
public final class RegexException extends RuntimeException {

    public RegexException(String message) {
        super(message);
    }
}
