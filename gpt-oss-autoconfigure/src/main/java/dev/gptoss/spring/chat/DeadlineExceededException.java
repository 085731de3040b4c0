package dev.gptoss.spring.chat;

import org.springframework.ai.chat.model.ChatResponse;

/** A deadline of the request passed. */
public final class DeadlineExceededException extends IncompleteResponseException {

    private static final long serialVersionUID = 1;

    DeadlineExceededException(ChatResponse partialResponse) {
        super(
                "A deadline of the request passed before the answer was complete."
                        + " Allow more time (gpt-oss.chat.deadline.*, or the options of the request),"
                        + " fewer tokens, or less reasoning.",
                partialResponse);
    }
}
