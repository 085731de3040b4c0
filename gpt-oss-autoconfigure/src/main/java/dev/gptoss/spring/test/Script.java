package dev.gptoss.spring.test;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Usage;
import dev.gptoss.engine.harmony.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as events: reasoning and text in words, cut where the request says so, then the calls.
 *
 * @param events without the last one
 * @param ending why it ends
 * @param failure with which it ends, or null
 * @param usage one word is one token
 * @param delay before each event
 */
record Script(
        List<GenerationEvent> events,
        FinishReason ending,
        @Nullable EngineException failure,
        Usage usage,
        Duration delay) {

    static Script of(String id, Reply reply, GenerationRequest request) {
        List<String> reasoning = words(reply.reasoning());
        String seen = beforeStop(reply.text(), request.stop());
        List<String> text = words(seen);
        int limit = request.maxTokens() == null ? Integer.MAX_VALUE : request.maxTokens();
        boolean isCut = reasoning.size() + text.size() > limit;
        List<String> keptReasoning = reasoning.subList(0, Math.min(reasoning.size(), limit));
        List<String> keptText = text.subList(0, Math.min(text.size(), limit - keptReasoning.size()));

        List<GenerationEvent> events = new ArrayList<>();
        keptReasoning.forEach(word -> events.add(new GenerationEvent.ReasoningDelta(word)));
        keptText.forEach(word ->
                events.add(new GenerationEvent.TextDelta(word, !reply.calls().isEmpty(), List.of())));
        int callTokens = 0;
        for (int i = 0; i < reply.calls().size() && !isCut; i++) {
            Reply.Call call = reply.calls().get(i);
            events.add(new GenerationEvent.ToolCall(id + "-call-" + i, call.name(), call.arguments()));
            callTokens += words(call.arguments()).size() + 1;
        }
        int completion = keptReasoning.size() + keptText.size() + callTokens;
        return new Script(
                events,
                reply.failure() != null ? FinishReason.ERROR : ending(reply, isCut),
                reply.failure(),
                new Usage(promptWords(request), 0, keptReasoning.size(), completion),
                reply.delay());
    }

    private static FinishReason ending(Reply reply, boolean isCut) {
        if (isCut) {
            return FinishReason.LENGTH;
        }
        if (reply.ending() != null) {
            return reply.ending();
        }
        return reply.calls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
    }

    private static int promptWords(GenerationRequest request) {
        return switch (request.prompt()) {
            case Prompt.Tokens tokens -> tokens.ids().size();
            case Prompt.Chat chat ->
                chat.conversation().messages().stream()
                        .map(Message::text)
                        .mapToInt(text -> words(text).size() + 1)
                        .sum();
        };
    }

    private static String beforeStop(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int found = text.indexOf(stop);
            end = found >= 0 ? Math.min(end, found) : end;
        }
        return text.substring(0, end);
    }

    /** Words with the white space after them, so that joined they give the text again. */
    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=\\s)(?=\\S)"));
    }
}
