package dev.gptoss.engine;

import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.OldReasoning;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to answer and how. Immutable; made by {@link #builder}.
 *
 * @param prompt conversation or tokens
 * @param tools functions the model may call
 * @param toolChoice whether and which
 * @param responseFormat schema of the final message, or null for free text
 * @param reasoningEffort effort named in the system message, or null to keep what the conversation says
 * @param reasoningBudget most tokens of reasoning, or null for no limit
 * @param oldReasoning what happens to the reasoning of earlier turns
 * @param sampling how tokens are chosen
 * @param stop texts at which the answer ends, looked for in what the user sees; never part of the answer
 * @param topLogprobs number of most likely tokens to report per token of the answer; 0 for the chosen one alone, null
 *     for none
 * @param maxTokens most generated tokens, reasoning included, or null for what the context holds
 * @param contextLimit most positions of this request, or null for the engine's context length
 * @param priority the higher, the earlier out of the queue
 * @param deadlines how long it may take
 */
public record GenerationRequest(
        Prompt prompt,
        List<ToolDefinition> tools,
        ToolChoice toolChoice,
        @Nullable ResponseFormat responseFormat,
        @Nullable ReasoningEffort reasoningEffort,
        @Nullable Integer reasoningBudget,
        OldReasoning oldReasoning,
        Sampling sampling,
        List<String> stop,
        @Nullable Integer topLogprobs,
        @Nullable Integer maxTokens,
        @Nullable Integer contextLimit,
        int priority,
        Deadlines deadlines) {

    /** Most candidates that can be reported per token. */
    public static final int MAX_TOP_LOGPROBS = 20;

    public GenerationRequest {
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
        List<String> faults = new ArrayList<>();
        if (reasoningBudget != null && reasoningBudget < 0) {
            faults.add("reasoningBudget must not be negative, was " + reasoningBudget);
        }
        if (topLogprobs != null && (topLogprobs < 0 || topLogprobs > MAX_TOP_LOGPROBS)) {
            faults.add("topLogprobs must be between 0 and " + MAX_TOP_LOGPROBS + ", was " + topLogprobs);
        }
        if (maxTokens != null && maxTokens < 1) {
            faults.add("maxTokens must be at least 1, was " + maxTokens);
        }
        if (contextLimit != null && contextLimit < 1) {
            faults.add("contextLimit must be at least 1, was " + contextLimit);
        }
        if (stop.stream().anyMatch(String::isEmpty)) {
            faults.add("stop must not hold an empty text");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** A request for one user turn, everything else at its default. */
    public static GenerationRequest of(String userText) {
        return builder(new Prompt.Chat(Conversation.of(Message.user(userText)))).build();
    }

    public static Builder builder(Prompt prompt) {
        return new Builder(prompt);
    }

    /** Collects the parts of a request; each is optional. */
    public static final class Builder {

        private final Prompt prompt;
        private List<ToolDefinition> tools = List.of();
        private ToolChoice toolChoice = ToolChoice.AUTO;
        private @Nullable ResponseFormat responseFormat;
        private @Nullable ReasoningEffort reasoningEffort;
        private @Nullable Integer reasoningBudget;
        private OldReasoning oldReasoning = OldReasoning.ALL_FINISHED_TURNS;
        private Sampling sampling = Sampling.DEFAULT;
        private List<String> stop = List.of();
        private @Nullable Integer topLogprobs;
        private @Nullable Integer maxTokens;
        private @Nullable Integer contextLimit;
        private int priority;
        private Deadlines deadlines = Deadlines.NONE;

        private Builder(Prompt prompt) {
            this.prompt = prompt;
        }

        public Builder tools(List<ToolDefinition> tools) {
            this.tools = tools;
            return this;
        }

        public Builder toolChoice(ToolChoice toolChoice) {
            this.toolChoice = toolChoice;
            return this;
        }

        public Builder responseFormat(@Nullable ResponseFormat responseFormat) {
            this.responseFormat = responseFormat;
            return this;
        }

        public Builder reasoningEffort(@Nullable ReasoningEffort reasoningEffort) {
            this.reasoningEffort = reasoningEffort;
            return this;
        }

        public Builder reasoningBudget(@Nullable Integer reasoningBudget) {
            this.reasoningBudget = reasoningBudget;
            return this;
        }

        public Builder oldReasoning(OldReasoning oldReasoning) {
            this.oldReasoning = oldReasoning;
            return this;
        }

        public Builder sampling(Sampling sampling) {
            this.sampling = sampling;
            return this;
        }

        public Builder stop(List<String> stop) {
            this.stop = stop;
            return this;
        }

        public Builder topLogprobs(@Nullable Integer topLogprobs) {
            this.topLogprobs = topLogprobs;
            return this;
        }

        public Builder maxTokens(@Nullable Integer maxTokens) {
            this.maxTokens = maxTokens;
            return this;
        }

        public Builder contextLimit(@Nullable Integer contextLimit) {
            this.contextLimit = contextLimit;
            return this;
        }

        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        public Builder deadlines(Deadlines deadlines) {
            this.deadlines = deadlines;
            return this;
        }

        public GenerationRequest build() {
            return new GenerationRequest(
                    prompt,
                    tools,
                    toolChoice,
                    responseFormat,
                    reasoningEffort,
                    reasoningBudget,
                    oldReasoning,
                    sampling,
                    stop,
                    topLogprobs,
                    maxTokens,
                    contextLimit,
                    priority,
                    deadlines);
        }
    }
}
