package dev.gptoss.engine.harmony;

/** Tokens are no harmony messages by the rules of {@link ParseMode#STRICT} or {@link ParseMode#LENIENT}. */
public final class HarmonyParseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HarmonyParseException(String message) {
        super(message);
    }
}
