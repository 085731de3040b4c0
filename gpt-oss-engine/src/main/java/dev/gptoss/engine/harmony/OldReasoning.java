package dev.gptoss.engine.harmony;

/** What becomes of the reasoning of earlier turns when a conversation is rendered. */
public enum OldReasoning {

    /**
     * As the reference library does: if the last assistant message is a final one, analysis before the conversation's
     * first final message is left out.
     */
    REFERENCE,

    /**
     * Analysis before the last final message is left out, together with the calls on it and their results; that of the
     * running turn is kept. What the model was trained on, and the choice for serving.
     */
    ALL_FINISHED_TURNS,

    /** Everything is kept. */
    KEEP
}
