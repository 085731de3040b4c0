package dev.gptoss.engine.harmony;

import java.util.List;

/** Messages in order. */
public record Conversation(List<Message> messages) {

    public Conversation {
        messages = List.copyOf(messages);
    }

    /** Messages in order. */
    public static Conversation of(Message... messages) {
        return new Conversation(List.of(messages));
    }

    /** Whether some developer message declares functions; the system message then says where calls go. */
    boolean hasFunctions() {
        return messages.stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(content -> content instanceof DeveloperContent developer && developer.hasFunctions());
    }
}
