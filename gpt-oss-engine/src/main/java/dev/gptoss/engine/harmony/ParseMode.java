package dev.gptoss.engine.harmony;

/** How the parser meets text that is not as it should be. */
public enum ParseMode {

    /** Exactly as the reference library by default: an error. */
    STRICT,

    /**
     * Exactly as the reference library in its lenient mode: a message without {@code <|message|>} is taken if it is the
     * first and dropped if not; everything else is an error.
     */
    LENIENT,

    /** Any sequence of tokens yields messages, there are no errors and no text is lost. What serving uses. */
    SERVER
}
