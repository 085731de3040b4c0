package dev.gptoss.engine;

/** A prompt is longer than the context. */
public final class ContextLengthException extends EngineException {

    private static final long serialVersionUID = 1;

    private final int promptTokens;
    private final int contextLength;

    public ContextLengthException(int promptTokens, int contextLength) {
        super("The prompt has " + promptTokens + " tokens, the context holds " + contextLength
                + " and needs room for an answer. Shorten the conversation, or raise the context length.");
        this.promptTokens = promptTokens;
        this.contextLength = contextLength;
    }

    public int promptTokens() {
        return promptTokens;
    }

    public int contextLength() {
        return contextLength;
    }
}
