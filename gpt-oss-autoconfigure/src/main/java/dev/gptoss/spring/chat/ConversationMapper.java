package dev.gptoss.spring.chat;

import dev.gptoss.engine.harmony.ChatConversation;
import dev.gptoss.engine.harmony.ChatTurn;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.SystemContent;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

/**
 * Spring AI's messages as a harmony conversation. Tools and response format are left to the engine, which knows how they
 * are told.
 */
final class ConversationMapper {

    private ConversationMapper() {}

    static Conversation map(List<Message> messages, ToolNames tools, Clock clock) {
        SystemContent system =
                SystemContent.standard().withCurrentDate(LocalDate.now(clock).toString());
        List<ChatTurn> turns =
                messages.stream().flatMap(message -> turns(message, tools)).toList();
        return ChatConversation.of(system, List.of(), null, turns);
    }

    private static Stream<ChatTurn> turns(Message message, ToolNames tools) {
        return switch (message) {
            case SystemMessage system -> Stream.of(new ChatTurn.Instructions(text(system)));
            case UserMessage user -> {
                checkNoMedia(user.getMedia());
                yield Stream.of(new ChatTurn.User(text(user)));
            }
            case AssistantMessage assistant -> Stream.of(assistantTurn(assistant, tools));
            case ToolResponseMessage results ->
                results.getResponses().stream()
                        .map(result -> new ChatTurn.ToolResult(result.id(), result.responseData()));
            default ->
                throw new IllegalArgumentException(
                        "No place in a gpt-oss conversation for a message of type " + message.getMessageType());
        };
    }

    private static ChatTurn assistantTurn(AssistantMessage message, ToolNames tools) {
        checkNoMedia(message.getMedia());
        List<ChatTurn.Call> calls = message.getToolCalls().stream()
                .map(call -> new ChatTurn.Call(call.id(), tools.toModel(call.name()), call.arguments()))
                .toList();
        return new ChatTurn.Assistant(Reasoning.of(message).text(), text(message), calls);
    }

    private static void checkNoMedia(List<Media> media) {
        if (!media.isEmpty()) {
            throw new UnsupportedMediaException(media.get(0).getMimeType());
        }
    }

    private static String text(Message message) {
        String text = message.getText();
        return text == null ? "" : text;
    }
}
