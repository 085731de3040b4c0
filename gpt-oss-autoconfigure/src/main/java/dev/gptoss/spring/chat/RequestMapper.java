package dev.gptoss.spring.chat;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.tool.ToolCallback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages and options as a request to the engine. */
final class RequestMapper {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RequestMapper() {}

    static GenerationRequest map(List<Message> messages, GptOssChatOptions options, ToolNames names, Clock clock) {
        GenerationRequest.Builder request = GenerationRequest.builder(
                        new Prompt.Chat(ConversationMapper.map(messages, names, clock)))
                .tools(tools(options).stream()
                        .map(tool -> definition(tool, names))
                        .toList())
                .toolChoice(toolChoice(options.getToolChoice(), names))
                .responseFormat(responseFormat(options.getOutputSchema()))
                .reasoningEffort(options.getReasoningEffort())
                .reasoningBudget(options.getReasoningBudget())
                .sampling(sampling(options))
                .stop(Objects.requireNonNullElse(options.getStopSequences(), List.of()))
                .topLogprobs(options.getTopLogprobs())
                .maxTokens(options.getMaxTokens())
                .priority(Objects.requireNonNullElse(options.getPriority(), 0));
        if (options.getDeadlines() != null) {
            request.deadlines(options.getDeadlines());
        }
        return request.build();
    }

    static List<ToolCallback> tools(GptOssChatOptions options) {
        return Objects.requireNonNullElse(options.getToolCallbacks(), List.of());
    }

    private static ToolDefinition definition(ToolCallback tool, ToolNames names) {
        var definition = tool.getToolDefinition();
        String name = definition.name();
        JsonNode schema = json("input schema of tool " + name, definition.inputSchema());
        boolean takesNothing = schema.path("properties").isEmpty()
                && !schema.path("additionalProperties").isObject();
        return new ToolDefinition(names.toModel(name), definition.description(), takesNothing ? null : schema);
    }

    private static ToolChoice toolChoice(@Nullable ToolChoice choice, ToolNames names) {
        return switch (choice) {
            case null -> ToolChoice.AUTO;
            case ToolChoice.Named named -> ToolChoice.of(names.toModel(named.tool()));
            default -> choice;
        };
    }

    private static @Nullable ResponseFormat responseFormat(@Nullable String schema) {
        if (schema == null || schema.isBlank()) {
            return null;
        }
        JsonNode node = json("output schema", schema);
        String title = node.path("title").asString("");
        return new ResponseFormat(
                title.isBlank() ? "answer" : title,
                node.path("description").isString() ? node.path("description").asString() : null,
                node.toString());
    }

    private static Sampling sampling(GptOssChatOptions options) {
        Sampling sampling = Sampling.DEFAULT;
        sampling = options.getTemperature() == null
                ? sampling
                : sampling.withTemperature(options.getTemperature().floatValue());
        sampling = options.getTopK() == null ? sampling : sampling.withTopK(options.getTopK());
        sampling = options.getTopP() == null
                ? sampling
                : sampling.withTopP(options.getTopP().floatValue());
        sampling = options.getMinP() == null
                ? sampling
                : sampling.withMinP(options.getMinP().floatValue());
        sampling = options.getSeed() == null ? sampling : sampling.withSeed(options.getSeed());
        sampling = options.getFrequencyPenalty() == null
                ? sampling
                : sampling.withFrequencyPenalty(options.getFrequencyPenalty().floatValue());
        return options.getPresencePenalty() == null
                ? sampling
                : sampling.withPresencePenalty(options.getPresencePenalty().floatValue());
    }

    private static JsonNode json(String what, String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The " + what + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
