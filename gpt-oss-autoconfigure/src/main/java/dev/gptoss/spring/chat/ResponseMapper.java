package dev.gptoss.spring.chat;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.TokenLogprob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The events of one generation as responses: a chunk for each delta, then one that carries the tool calls, the whole
 * reasoning, the finish reason and the usage. The whole response is the sum of its chunks.
 */
final class ResponseMapper {

    private final String id;
    private final ResponseStatistics statistics;
    private final ToolNames names;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<AssistantMessage.ToolCall> calls = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private @Nullable ChatResponse whole;

    ResponseMapper(String id, ResponseStatistics statistics, ToolNames names) {
        this.id = id;
        this.statistics = statistics;
        this.names = names;
    }

    /**
     * The chunk that an event makes, or null if it makes none.
     *
     * @throws RuntimeException if the event says that there will be no complete answer
     */
    @Nullable
    ChatResponse chunk(GenerationEvent event) {
        return switch (event) {
            case GenerationEvent.TextDelta delta -> textChunk(delta);
            case GenerationEvent.ReasoningDelta delta -> reasoningChunk(delta);
            case GenerationEvent.ToolCall call -> {
                calls.add(new AssistantMessage.ToolCall(
                        call.id(), "function", names.toApplication(call.name()), call.arguments()));
                yield null;
            }
            case GenerationEvent.Prefill progress -> null;
            case GenerationEvent.UsageUpdate update -> null;
            case GenerationEvent.Finished end -> lastChunk(end);
        };
    }

    /** The whole response, once the last event came. */
    ChatResponse whole() {
        if (whole == null) {
            throw new EngineException("the generation ended without a last event");
        }
        return whole;
    }

    private ChatResponse textChunk(GenerationEvent.TextDelta delta) {
        text.append(delta.text());
        logprobs.addAll(delta.logprobs());
        ChatGenerationMetadata metadata = delta.logprobs().isEmpty()
                ? ChatGenerationMetadata.NULL
                : ChatGenerationMetadata.builder()
                        .metadata(GptOssMetadata.LOGPROBS, delta.logprobs())
                        .build();
        return response(new AssistantMessage(delta.text()), metadata, statistics.unfinished(id));
    }

    private ChatResponse reasoningChunk(GenerationEvent.ReasoningDelta delta) {
        reasoning.append(delta.text());
        AssistantMessage message = AssistantMessage.builder()
                .content("")
                .properties(Map.of(GptOssMetadata.REASONING_CONTENT_DELTA, delta.text()))
                .build();
        return response(message, ChatGenerationMetadata.NULL, statistics.unfinished(id));
    }

    private ChatResponse lastChunk(GenerationEvent.Finished end) {
        ChatResponseMetadata metadata = statistics.finished(id, end);
        Map<String, Object> generation = statistics.ofGeneration(end);
        whole = last(text.toString(), end, new HashMap<>(generation), metadata);
        switch (end.reason()) {
            case CANCELLED -> throw new GenerationCancelledException(whole);
            case DEADLINE -> throw new DeadlineExceededException(whole);
            case ERROR ->
                throw end.error() != null ? end.error() : new EngineException("the engine failed without a cause");
            case STOP, LENGTH, TOOL_CALLS, LOOP -> {
                return last("", end, generation, metadata);
            }
        }
        throw new IllegalStateException(end.reason().name());
    }

    private ChatResponse last(
            String content,
            GenerationEvent.Finished end,
            Map<String, Object> generationMetadata,
            ChatResponseMetadata metadata) {
        Map<String, Object> properties = new HashMap<>();
        if (!reasoning.isEmpty()) {
            properties.put(GptOssMetadata.REASONING_CONTENT, reasoning.toString());
            generationMetadata.put(GptOssMetadata.THINKING, reasoning.toString());
            if (content.isEmpty()) {
                // Whoever joins the metadata of chunks keeps the last value: no stale part may stay behind.
                properties.put(GptOssMetadata.REASONING_CONTENT_DELTA, "");
            }
        }
        if (!logprobs.isEmpty()) {
            generationMetadata.put(GptOssMetadata.LOGPROBS, List.copyOf(logprobs));
        }
        AssistantMessage message = AssistantMessage.builder()
                .content(content)
                .properties(properties)
                .toolCalls(List.copyOf(calls))
                .build();
        return response(
                message,
                ChatGenerationMetadata.builder()
                        .finishReason(finishReason(end.reason()))
                        .metadata(generationMetadata)
                        .build(),
                metadata);
    }

    private String finishReason(FinishReason reason) {
        return calls.isEmpty() || reason != FinishReason.STOP ? reason.name() : FinishReason.TOOL_CALLS.name();
    }

    private static ChatResponse response(
            AssistantMessage message, ChatGenerationMetadata generation, ChatResponseMetadata metadata) {
        return new ChatResponse(List.of(new Generation(message, generation)), metadata);
    }
}
