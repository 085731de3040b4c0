package dev.gptoss.spring.chat;

import java.util.List;
import org.springframework.ai.chat.model.ChatResponse;

/** A generation was cancelled: its thread was interrupted, or the model was closed. */
public final class GenerationCancelledException extends IncompleteResponseException {

    private static final long serialVersionUID = 1;

    /** Before the model said anything. */
    public GenerationCancelledException() {
        this(new ChatResponse(List.of()));
    }

    GenerationCancelledException(ChatResponse partialResponse) {
        super("The generation was cancelled: its thread was interrupted, or the model was closed.", partialResponse);
    }
}
