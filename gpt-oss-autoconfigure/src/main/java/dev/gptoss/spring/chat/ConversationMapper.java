package dev.gptoss.spring.chat;

import dev.gptoss.engine.harmony.Author;
import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.DeveloperContent;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.harmony.SystemContent;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Spring AI's messages as a harmony conversation: leading system messages become the instructions of the developer
 * message, reasoning kept in metadata goes before what it led to, and tool results find their name by the id of their
 * call.
 */
final class ConversationMapper {

    private final ToolNames tools;
    private final List<Message> mapped = new ArrayList<>();
    private final List<String> instructions = new ArrayList<>();
    private final Map<String, String> calledTools = new HashMap<>();

    private ConversationMapper(ToolNames tools) {
        this.tools = tools;
    }

    static Conversation map(List<org.springframework.ai.chat.messages.Message> messages, ToolNames tools, Clock clock) {
        ConversationMapper mapper = new ConversationMapper(tools);
        messages.forEach(mapper::add);
        List<Message> conversation = new ArrayList<>();
        conversation.add(Message.system(
                SystemContent.standard().withCurrentDate(LocalDate.now(clock).toString())));
        if (!mapper.instructions.isEmpty()) {
            conversation.add(
                    Message.developer(DeveloperContent.instructions(String.join("\n\n", mapper.instructions))));
        }
        conversation.addAll(mapper.mapped);
        return new Conversation(conversation);
    }

    private void add(org.springframework.ai.chat.messages.Message message) {
        switch (message) {
            case SystemMessage system -> addSystem(text(system));
            case UserMessage user -> addUser(user);
            case AssistantMessage assistant -> addAssistant(assistant);
            case ToolResponseMessage results -> results.getResponses().forEach(this::addResult);
            default ->
                throw new IllegalArgumentException(
                        "No place in a gpt-oss conversation for a message of type " + message.getMessageType());
        }
    }

    private void addSystem(String text) {
        if (mapped.isEmpty()) {
            instructions.add(text);
        } else {
            mapped.add(Message.of(Author.of(Role.DEVELOPER), text));
        }
    }

    private void addUser(UserMessage user) {
        if (!user.getMedia().isEmpty()) {
            throw new UnsupportedMediaException(user.getMedia().get(0).getMimeType());
        }
        mapped.add(Message.user(text(user)));
    }

    private void addAssistant(AssistantMessage assistant) {
        if (!assistant.getMedia().isEmpty()) {
            throw new UnsupportedMediaException(assistant.getMedia().get(0).getMimeType());
        }
        String reasoning = Reasoning.of(assistant).text();
        if (!reasoning.isEmpty()) {
            mapped.add(Message.assistant(Channel.ANALYSIS, reasoning));
        }
        String text = text(assistant);
        if (!assistant.hasToolCalls()) {
            mapped.add(Message.assistant(Channel.FINAL, text));
            return;
        }
        if (!text.isEmpty()) {
            mapped.add(Message.assistant(Channel.COMMENTARY, text));
        }
        for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
            calledTools.put(call.id(), call.name());
            mapped.add(Message.call(tools.toModel(call.name()), call.arguments()));
        }
    }

    private void addResult(ToolResponseMessage.ToolResponse result) {
        String name = calledTools.getOrDefault(result.id(), result.name());
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("The tool result with id '" + result.id()
                    + "' answers no call of this conversation and names no tool."
                    + " Keep the assistant message with the call before it.");
        }
        mapped.add(Message.toolResult(
                "functions." + tools.toModel(name), Channel.COMMENTARY.word(), result.responseData()));
    }

    private static String text(org.springframework.ai.chat.messages.Message message) {
        return message.getText() == null ? "" : message.getText();
    }
}
