package dev.gptoss.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole answer.
 *
 * @param text what the user sees, preambles included
 * @param reasoning the chain of thought
 * @param toolCalls calls in order
 * @param reason why it ended
 * @param usage tokens
 * @param timings where the time went
 * @param tokens all generated ids, terminators included
 * @param logprobs of the tokens of {@code text}, if asked for
 */
public record GenerationResult(
        String text,
        String reasoning,
        List<GenerationEvent.ToolCall> toolCalls,
        FinishReason reason,
        Usage usage,
        Timings timings,
        List<Integer> tokens,
        List<TokenLogprob> logprobs) {

    public GenerationResult {
        toolCalls = List.copyOf(toolCalls);
        tokens = List.copyOf(tokens);
        logprobs = List.copyOf(logprobs);
    }

    /**
     * Joins events into a result.
     *
     * @throws EngineException if the generation ended with an error
     */
    public static GenerationResult collect(Iterable<GenerationEvent> events) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<GenerationEvent.ToolCall> calls = new ArrayList<>();
        List<TokenLogprob> logprobs = new ArrayList<>();
        for (GenerationEvent event : events) {
            switch (event) {
                case GenerationEvent.ReasoningDelta delta -> reasoning.append(delta.text());
                case GenerationEvent.TextDelta delta -> {
                    text.append(delta.text());
                    logprobs.addAll(delta.logprobs());
                }
                case GenerationEvent.ToolCall call -> calls.add(call);
                case GenerationEvent.Prefill progress -> {}
                case GenerationEvent.UsageUpdate update -> {}
                case GenerationEvent.Finished end -> {
                    if (end.error() != null) {
                        throw end.error();
                    }
                    return new GenerationResult(
                            text.toString(),
                            reasoning.toString(),
                            calls,
                            end.reason(),
                            end.usage(),
                            end.timings(),
                            end.tokens(),
                            logprobs);
                }
            }
        }
        throw new EngineException("the generation ended without a last event");
    }
}
