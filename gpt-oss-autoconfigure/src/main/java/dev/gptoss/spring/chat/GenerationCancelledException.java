package dev.gptoss.spring.chat;

import org.springframework.ai.chat.model.ChatResponse;

/** A generation was cancelled: its thread was interrupted, or the model was closed. */
public final class GenerationCancelledException extends IncompleteResponseException {

    private static final long serialVersionUID = 1;

    GenerationCancelledException(ChatResponse partialResponse) {
        super("The generation was cancelled: its thread was interrupted, or the model was closed.", partialResponse);
    }
}
