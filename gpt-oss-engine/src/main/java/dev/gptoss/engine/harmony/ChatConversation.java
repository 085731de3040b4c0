package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts turns into harmony messages: the system message; one developer message of the leading instructions, functions and
 * response format, if there are any; then the turns, each as reasoning, preamble and calls, or reasoning and answer.
 */
public final class ChatConversation {

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, PlacedCall> calls = new HashMap<>(); // the last one of each id
    private final List<PlacedResult> results = new ArrayList<>(); // of the calls of one turn, until another turn comes

    private ChatConversation() {}

    /**
     * The conversation of some turns.
     *
     * @param functions to declare, in the order they are shown
     * @throws IllegalArgumentException if a result names no call before it
     */
    public static Conversation of(
            SystemContent system,
            List<ToolDefinition> functions,
            @Nullable ResponseFormat responseFormat,
            List<ChatTurn> turns) {
        ChatConversation conversation = new ChatConversation();
        conversation.messages.add(Message.system(system));
        int leading = 0;
        while (leading < turns.size() && turns.get(leading) instanceof ChatTurn.Instructions) {
            leading++;
        }
        conversation.addDeveloper(turns.subList(0, leading), functions, responseFormat);
        turns.subList(leading, turns.size()).forEach(conversation::add);
        conversation.addResults();
        return new Conversation(conversation.messages);
    }

    private void addDeveloper(
            List<ChatTurn> leading, List<ToolDefinition> functions, @Nullable ResponseFormat responseFormat) {
        String instructions = leading.isEmpty()
                ? null
                : leading.stream()
                        .map(turn -> ((ChatTurn.Instructions) turn).text())
                        .collect(Collectors.joining("\n\n"));
        DeveloperContent content = new DeveloperContent(instructions, Map.of(), responseFormat);
        if (!functions.isEmpty()) {
            content = content.withFunctions(functions);
        }
        if (instructions != null || responseFormat != null || !functions.isEmpty()) {
            messages.add(Message.developer(content));
        }
    }

    private void add(ChatTurn turn) {
        if (turn instanceof ChatTurn.ToolResult result) {
            results.add(place(result));
            return;
        }
        addResults();
        switch (turn) {
            case ChatTurn.Instructions later -> messages.add(Message.of(Author.of(Role.DEVELOPER), later.text()));
            case ChatTurn.User user -> messages.add(Message.user(user.text()));
            case ChatTurn.Assistant assistant -> addAssistant(assistant);
            case ChatTurn.ToolResult result -> throw new AssertionError(result);
        }
    }

    private void addAssistant(ChatTurn.Assistant turn) {
        String reasoning = turn.reasoning();
        if (reasoning != null && !reasoning.isEmpty()) {
            messages.add(Message.assistant(Channel.ANALYSIS, reasoning));
        }
        String content = turn.content();
        boolean isPreamble = !turn.calls().isEmpty();
        if (content != null && !(isPreamble && content.isEmpty())) {
            messages.add(Message.assistant(isPreamble ? Channel.COMMENTARY : Channel.FINAL, content));
        }
        for (ChatTurn.Call call : turn.calls()) {
            calls.put(call.id(), new PlacedCall(messages.size(), call.function()));
            messages.add(Message.call(call.function(), call.arguments()));
        }
    }

    private PlacedResult place(ChatTurn.ToolResult result) {
        PlacedCall call = calls.get(result.callId());
        if (call == null) {
            throw new IllegalArgumentException("tool result names call " + result.callId()
                    + ", which no assistant turn before it made; calls before it: " + calls.keySet());
        }
        return new PlacedResult(call, result.text());
    }

    /** Results go in the order of their calls, whatever order they came in. */
    private void addResults() {
        results.stream()
                .sorted(Comparator.comparingInt(result -> result.call().place()))
                .map(result -> Message.toolResult(
                        ToolNamespace.FUNCTIONS + "." + result.call().function(),
                        Channel.COMMENTARY.word(),
                        result.text()))
                .forEach(messages::add);
        results.clear();
    }

    private record PlacedCall(int place, String function) {}

    private record PlacedResult(PlacedCall call, String text) {}
}
