package dev.gptoss.engine.tokenizer;

/** What becomes of special-token text, such as {@code <|start|>}, that is met in a text to encode. */
public enum SpecialText {

    /** Ordinary text like any other. The only choice for text that comes from outside. */
    AS_TEXT,

    /** Its special id. Only for text that this program wrote itself. */
    AS_SPECIAL,

    /** An error naming the text and its place. */
    REJECT
}
