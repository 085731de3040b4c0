package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.harmony.Content;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.DeveloperContent;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.harmony.SystemContent;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.engine.harmony.ToolNamespace;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completes a conversation with what a request says beside it: a system message if it has none, the effort, the
 * functions and the response format, as sections 6.1 and 7 of the harmony format have it.
 *
 * <p>The system message always lists the three channels the model was trained with; that commentary has no use without
 * tools is kept by constraining the headers.
 */
final class ChatCompletion {

    private final Clock clock;

    /**
     * @param clock tells the date of requests that bring no system message
     */
    ChatCompletion(Clock clock) {
        this.clock = clock;
    }

    /** The conversation as it is to be rendered. */
    Conversation complete(Conversation conversation, GenerationRequest request) {
        List<Message> messages = new ArrayList<>(conversation.messages());
        completeSystem(messages, request);
        if (!request.tools().isEmpty() || request.responseFormat() != null) {
            completeDeveloper(messages, request);
        }
        return new Conversation(messages);
    }

    private void completeSystem(List<Message> messages, GenerationRequest request) {
        ReasoningEffort effort = request.reasoningEffort();
        int at = indexOf(messages, Role.SYSTEM);
        if (at < 0) {
            SystemContent content = SystemContent.standard()
                    .withCurrentDate(LocalDate.now(clock).toString())
                    .withEffort(effort == null ? ReasoningEffort.MEDIUM : effort);
            messages.addFirst(Message.system(content));
        } else if (effort != null) {
            List<Content> contents = new ArrayList<>(messages.get(at).content());
            contents.replaceAll(
                    content -> content instanceof SystemContent system ? system.withEffort(effort) : content);
            messages.set(at, withContent(messages.get(at), contents));
        }
    }

    private static void completeDeveloper(List<Message> messages, GenerationRequest request) {
        for (int at = 0; at < messages.size(); at++) {
            List<Content> contents = new ArrayList<>(messages.get(at).content());
            for (int i = 0; i < contents.size(); i++) {
                if (contents.get(i) instanceof DeveloperContent developer) {
                    contents.set(i, completed(developer, request));
                    messages.set(at, withContent(messages.get(at), contents));
                    return;
                }
            }
        }
        DeveloperContent content = completed(new DeveloperContent(null, Map.of(), null), request);
        int afterSystem = indexOf(messages, Role.SYSTEM) + 1;
        messages.add(afterSystem, Message.developer(content));
    }

    private static DeveloperContent completed(DeveloperContent content, GenerationRequest request) {
        DeveloperContent withTools = content;
        if (!request.tools().isEmpty()) {
            Map<String, ToolDefinition> functions = new LinkedHashMap<>();
            ToolNamespace known = content.tools().get(ToolNamespace.FUNCTIONS);
            if (known != null) {
                known.tools().forEach(tool -> functions.put(tool.name(), tool));
            }
            request.tools().forEach(tool -> functions.put(tool.name(), tool));
            withTools = content.withFunctions(List.copyOf(functions.values()));
        }
        return request.responseFormat() == null
                ? withTools
                : new DeveloperContent(withTools.instructions(), withTools.tools(), request.responseFormat());
    }

    private static int indexOf(List<Message> messages, Role role) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).author().role() == role) {
                return i;
            }
        }
        return -1;
    }

    private static Message withContent(Message message, List<Content> contents) {
        return new Message(
                message.author(),
                message.recipient(),
                message.channel(),
                message.contentType(),
                contents,
                message.repairedHeader());
    }
}
