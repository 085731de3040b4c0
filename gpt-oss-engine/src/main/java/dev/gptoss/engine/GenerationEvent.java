package dev.gptoss.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while a request is answered, in order; {@link Finished} is the last. */
public sealed interface GenerationEvent {

    /** Part of the prompt is computed. */
    record Prefill(int done, int total) implements GenerationEvent {}

    /** More of the chain of thought. */
    record ReasoningDelta(String text) implements GenerationEvent {}

    /**
     * More of the text that the user sees.
     *
     * @param text whole characters
     * @param isPreamble whether it announces a tool call (commentary) rather than answers
     * @param logprobs of the tokens that make up the text, if asked for
     */
    record TextDelta(String text, boolean isPreamble, List<TokenLogprob> logprobs) implements GenerationEvent {
        public TextDelta {
            logprobs = List.copyOf(logprobs);
        }
    }

    /**
     * A complete call of a tool.
     *
     * @param id unique
     * @param name as declared, without the {@code functions.} namespace
     * @param arguments JSON text as the model wrote it
     */
    record ToolCall(String id, String name, String arguments) implements GenerationEvent {}

    /** Tokens so far; sent before {@link Finished}. */
    record UsageUpdate(Usage usage) implements GenerationEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param usage final counts
     * @param timings where the time went
     * @param tokens all generated ids, terminators included
     * @param error what failed, with {@link FinishReason#ERROR}
     */
    record Finished(
            FinishReason reason,
            Usage usage,
            Timings timings,
            List<Integer> tokens,
            @Nullable EngineException error) implements GenerationEvent {
        public Finished {
            tokens = List.copyOf(tokens);
        }
    }
}
