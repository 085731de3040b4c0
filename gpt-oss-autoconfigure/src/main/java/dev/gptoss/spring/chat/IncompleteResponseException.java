package dev.gptoss.spring.chat;

import org.springframework.ai.chat.model.ChatResponse;

/** A generation ended before the model was done. What it had said is kept. */
public abstract class IncompleteResponseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ChatResponse partialResponse;

    IncompleteResponseException(String message, ChatResponse partialResponse) {
        super(message);
        this.partialResponse = partialResponse;
    }

    /** What was said up to the end. */
    public ChatResponse partialResponse() {
        return partialResponse;
    }
}
