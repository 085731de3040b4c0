package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversations and messages as JSON:
 *
 * <pre>
 * {"role", "name", "recipient", "channel", "content_type", "content"}
 *
 * content    a text, or a list of texts, {"system": {…}} and {"developer": {…}}
 * system     {"identity", "cutoff", "date", "effort", "channels", "channel_required", "tools"}
 * developer  {"instructions", "tools", "response_format": {"name", "description", "schema"}}
 * tools      {KEY: {"name", "description", "tools": [{"name", "description", "parameters"}]}}
 * </pre>
 *
 * Members that are absent or null are unset. Written messages also have {@code "header"} where parsing mended it.
 */
public final class HarmonyJson {

    private HarmonyJson() {}

    /**
     * Reads a conversation.
     *
     * @param messages a list of messages
     * @throws IllegalArgumentException naming the place, if the JSON is of another shape
     */
    public static Conversation conversation(JsonNode messages) {
        JsonField list = JsonField.root("messages", messages);
        if (list.isAbsent()) {
            throw list.expected("a list");
        }
        List<Message> read = new ArrayList<>();
        for (JsonField message : list.elements()) {
            read.add(message(message));
        }
        return new Conversation(read);
    }

    /** Writes messages, each with the members it has. */
    public static ArrayNode write(List<Message> messages) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        messages.forEach(message -> array.add(write(message)));
        return array;
    }

    /** Writes a message of plain text. */
    public static ObjectNode write(Message message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("role", message.author().role().word());
        putIfPresent(node, "name", message.author().name());
        putIfPresent(node, "recipient", message.recipient());
        putIfPresent(node, "channel", message.channel());
        putIfPresent(node, "content_type", message.contentType());
        node.put("content", message.text());
        putIfPresent(node, "header", message.repairedHeader());
        return node;
    }

    /**
     * The role that a member names, or null if it is absent.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static @Nullable Role role(JsonNode object, String member) {
        JsonField field = JsonField.root("", object).member(member);
        return field.isAbsent() ? null : role(field);
    }

    private static Message message(JsonField message) {
        List<Content> content = new ArrayList<>();
        JsonField parts = message.member("content");
        for (JsonField part : parts.isArray() ? parts.elements() : List.of(parts)) {
            content.add(content(part));
        }
        return new Message(
                new Author(role(message.member("role")), message.member("name").text()),
                message.member("recipient").text(),
                message.member("channel").text(),
                message.member("content_type").text(),
                content,
                null);
    }

    private static Role role(JsonField field) {
        Role role = Role.ofWord(field.requiredText());
        if (role == null) {
            throw field.expected("a role, one of system, developer, user, assistant and tool");
        }
        return role;
    }

    private static Content content(JsonField part) {
        if (!part.isObject()) {
            return new TextContent(part.requiredText());
        }
        JsonField system = part.member("system");
        if (!system.isAbsent()) {
            return system(system);
        }
        JsonField developer = part.member("developer");
        if (!developer.isAbsent()) {
            return developer(developer);
        }
        return new TextContent(part.member("text").requiredText());
    }

    private static SystemContent system(JsonField system) {
        List<String> channels = new ArrayList<>();
        system.member("channels").elements().forEach(channel -> channels.add(channel.requiredText()));
        JsonField effort = system.member("effort");
        ReasoningEffort read = effort.isAbsent() ? null : ReasoningEffort.ofWord(effort.requiredText());
        if (read == null && !effort.isAbsent()) {
            throw effort.expected("an effort, one of low, medium and high");
        }
        return new SystemContent(
                system.member("identity").text(),
                system.member("cutoff").text(),
                system.member("date").text(),
                read,
                tools(system.member("tools")),
                channels,
                system.member("channel_required").flag(true));
    }

    private static DeveloperContent developer(JsonField developer) {
        JsonField format = developer.member("response_format");
        return new DeveloperContent(
                developer.member("instructions").text(),
                tools(developer.member("tools")),
                format.isAbsent() ? null : responseFormat(format));
    }

    private static ResponseFormat responseFormat(JsonField format) {
        JsonField schema = format.member("schema");
        return new ResponseFormat(
                format.member("name").requiredText(),
                format.member("description").text(),
                schema.isObject() ? JsonText.of(schema.value()) : schema.requiredText());
    }

    private static Map<String, ToolNamespace> tools(JsonField tools) {
        Map<String, ToolNamespace> namespaces = new LinkedHashMap<>();
        for (JsonField namespace : tools.members()) {
            List<ToolDefinition> definitions = new ArrayList<>();
            for (JsonField tool : namespace.member("tools").elements()) {
                definitions.add(new ToolDefinition(
                        tool.member("name").requiredText(),
                        tool.member("description").textOr(""),
                        tool.member("parameters").value()));
            }
            String name = namespace.member("name").textOr(namespace.name());
            namespaces.put(
                    namespace.name(),
                    new ToolNamespace(name, namespace.member("description").text(), definitions));
        }
        return namespaces;
    }

    private static void putIfPresent(ObjectNode node, String member, @Nullable String value) {
        if (value != null) {
            node.put(member, value);
        }
    }
}
