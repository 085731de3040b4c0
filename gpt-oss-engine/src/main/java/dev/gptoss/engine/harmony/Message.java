package dev.gptoss.engine.harmony;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message.
 *
 * @param recipient whom it is for, such as {@code functions.get_weather}; null for everybody
 * @param channel one of {@link Channel} by its word; parsed messages may name others
 * @param contentType such as {@code json} or {@code <|constrain|>json}
 * @param content in order, joined without separator
 * @param repairedHeader text of the header as the model wrote it, where parsing mended it or left some of it out; null
 *     for every header that the other fields tell completely. It is never rendered
 */
public record Message(
        Author author,
        @Nullable String recipient,
        @Nullable String channel,
        @Nullable String contentType,
        List<Content> content,
        @Nullable String repairedHeader) {

    public Message {
        content = List.copyOf(content);
    }

    /** A message of one text, without recipient, channel and content type. */
    public static Message of(Author author, String text) {
        return new Message(author, null, null, null, List.of(new TextContent(text)), null);
    }

    /** The system message. */
    public static Message system(SystemContent content) {
        return new Message(Author.of(Role.SYSTEM), null, null, null, List.of(content), null);
    }

    /** A developer message. */
    public static Message developer(DeveloperContent content) {
        return new Message(Author.of(Role.DEVELOPER), null, null, null, List.of(content), null);
    }

    /** User input. */
    public static Message user(String text) {
        return of(Author.of(Role.USER), text);
    }

    /** Model output to everybody. */
    public static Message assistant(Channel channel, String text) {
        return of(Author.of(Role.ASSISTANT), text).withChannel(channel.word());
    }

    /**
     * A call of a function of the application.
     *
     * @param function name without namespace
     * @param arguments unchanged text, normally JSON
     */
    public static Message call(String function, String arguments) {
        return new Message(
                Author.of(Role.ASSISTANT),
                ToolNamespace.FUNCTIONS + "." + function,
                Channel.COMMENTARY.word(),
                HarmonyGrammar.CONSTRAINED_JSON,
                List.of(new TextContent(arguments)),
                null);
    }

    /**
     * What a tool answered, addressed so that it can be parsed back.
     *
     * @param tool recipient of the call, such as {@code functions.get_weather}
     * @param channel channel of the call
     */
    public static Message toolResult(String tool, String channel, String text) {
        return new Message(
                Author.tool(tool), Role.ASSISTANT.word(), channel, null, List.of(new TextContent(text)), null);
    }

    /** This message on another channel. */
    public Message withChannel(@Nullable String other) {
        return new Message(author, recipient, other, contentType, content, repairedHeader);
    }

    /** The texts of all plain contents, joined. */
    public String text() {
        return content.stream()
                .filter(TextContent.class::isInstance)
                .map(part -> ((TextContent) part).text())
                .collect(Collectors.joining());
    }

    /** What this message is for whoever serves it. */
    public MessageKind kind() {
        return MessageKind.of(author.role(), channel, recipient);
    }
}
