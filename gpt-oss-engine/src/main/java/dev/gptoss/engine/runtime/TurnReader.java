package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.TokenLogprob;
import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.MessageKind;
import dev.gptoss.engine.harmony.ToolNamespace;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tokens of a turn into events. A call becomes an event when its message is complete, whatever ended it; a
 * call of a tool that nobody declared is handed out under the name the model wrote, for the caller to refuse.
 */
final class TurnReader {

    private static final String FUNCTIONS = ToolNamespace.FUNCTIONS + ".";
    private static final char REPLACEMENT = '\uFFFD';

    private final HarmonyParser parser;
    private final boolean hasTools;
    private final Consumer<GenerationEvent> events;
    private final VisibleText text;
    private int messagesRead;
    private int charactersRead;
    private int tokensOfMessage;
    private int reasoningTokens;
    private int calls;

    /**
     * @param parser placed where the prompt ends
     * @param hasTools whether calls are expected, so that text on commentary announces one
     * @param stops stop strings
     */
    TurnReader(HarmonyParser parser, boolean hasTools, List<String> stops, Consumer<GenerationEvent> events) {
        this.parser = parser;
        this.hasTools = hasTools;
        this.events = events;
        text = new VisibleText(stops, events);
        messagesRead = parser.messages().size();
        charactersRead =
                parser.state() == HarmonyParser.State.CONTENT ? parser.content().length() : 0;
    }

    /** Takes a generated token and emits what is complete with it. */
    void accept(int token, @Nullable TokenLogprob logprob) {
        boolean isContent = parser.state() == HarmonyParser.State.CONTENT;
        parser.accept(token);
        tokensOfMessage++;
        if (parser.messages().size() > messagesRead) {
            readCompleted(true);
            if (parser.state() == HarmonyParser.State.CONTENT) {
                read(parser.kind(), parser.channel(), parser.content(), null);
            }
        } else if (parser.state() == HarmonyParser.State.CONTENT) {
            String delta = parser.delta();
            read(parser.kind(), parser.channel(), delta == null ? "" : delta, isContent ? logprob : null);
        }
    }

    /**
     * Ends the turn.
     *
     * @param isWhole whether the model ended it: then a call without a terminator is one, and half a character is told
     */
    void finish(boolean isWhole) {
        parser.finish();
        readCompleted(isWhole);
        text.endMessage();
    }

    /** Whether a stop string was met. */
    boolean isStopped() {
        return text.isStopped();
    }

    /** Number of calls so far. */
    int calls() {
        return calls;
    }

    /** Generated tokens of reasoning so far, headers and terminators included. */
    int reasoningTokens() {
        boolean isReasoning = parser.state() == HarmonyParser.State.CONTENT && parser.kind() == MessageKind.REASONING;
        return reasoningTokens + (isReasoning ? tokensOfMessage : 0);
    }

    private void readCompleted(boolean isWhole) {
        List<Message> messages = parser.messages();
        while (messagesRead < messages.size()) {
            Message message = messages.get(messagesRead++);
            String rest = message.text().substring(charactersRead);
            if (!isWhole && !rest.isEmpty() && rest.charAt(rest.length() - 1) == REPLACEMENT) {
                rest = rest.substring(0, rest.length() - 1); // half a character, cut by a limit
            }
            read(message.kind(), message.channel(), rest, null);
            text.endMessage();
            if (message.kind() == MessageKind.REASONING) {
                reasoningTokens += tokensOfMessage;
            }
            if (message.kind() == MessageKind.CALL && isWhole) {
                call(message);
            }
            charactersRead = 0;
            tokensOfMessage = 0;
        }
    }

    private void read(
            @Nullable MessageKind kind, @Nullable String channel, String delta, @Nullable TokenLogprob logprob) {
        charactersRead += delta.length();
        if (kind == MessageKind.TEXT) {
            text.accept(delta, hasTools && Channel.COMMENTARY.is(channel), logprob);
        } else if (kind == MessageKind.REASONING && !delta.isEmpty()) {
            events.accept(new GenerationEvent.ReasoningDelta(delta));
        }
    }

    private void call(Message message) {
        String recipient = message.recipient();
        if (recipient == null) {
            return;
        }
        calls++;
        String name = recipient.startsWith(FUNCTIONS) ? recipient.substring(FUNCTIONS.length()) : recipient;
        String id = "call_" + UUID.randomUUID().toString().replace("-", "");
        events.accept(new GenerationEvent.ToolCall(id, name, message.text()));
    }
}
