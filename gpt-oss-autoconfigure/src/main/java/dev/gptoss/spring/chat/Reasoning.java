package dev.gptoss.spring.chat;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The chain of thought of a response, whole or in parts.
 *
 * <pre>{@code
 * ChatResponse response = chatClient.prompt("Why is the sky blue?").call().chatResponse();
 * System.out.println(Reasoning.of(response).text());
 * }</pre>
 *
 * @param text all of it; empty while it streams and where the model did not reason
 * @param delta what this chunk of a stream adds; empty elsewhere
 * @param tokens how many tokens it took, where the response tells
 */
public record Reasoning(String text, String delta, OptionalInt tokens) {

    private static final Reasoning NONE = new Reasoning("", "", OptionalInt.empty());

    /** Reasoning of a response or of one chunk of a stream. */
    public static Reasoning of(@Nullable ChatResponse response) {
        Generation generation = response == null ? null : response.getResult();
        return generation == null ? NONE : of(generation);
    }

    /** Reasoning of a generation. */
    public static Reasoning of(Generation generation) {
        Integer tokens = generation.getMetadata().get(GptOssMetadata.REASONING_TOKENS);
        Reasoning message = of(generation.getOutput());
        return tokens == null ? message : new Reasoning(message.text(), message.delta(), OptionalInt.of(tokens));
    }

    /** Reasoning kept in a message, without the count of its tokens. */
    public static Reasoning of(AssistantMessage message) {
        return new Reasoning(
                text(message.getMetadata(), GptOssMetadata.REASONING_CONTENT),
                text(message.getMetadata(), GptOssMetadata.REASONING_CONTENT_DELTA),
                OptionalInt.empty());
    }

    private static String text(Map<String, Object> metadata, String key) {
        return metadata.get(key) instanceof String text ? text : "";
    }
}
