package dev.gptoss.spring.chat;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.ReasoningEffort;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptionsBuilder;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * What a request may ask of the model beyond its messages. Immutable; null leaves the choice to the engine. Made by
 * {@link #builder} or, from existing ones, by {@link #mutate}.
 */
public final class GptOssChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {

    private final Extras extras;

    private GptOssChatOptions(ToolCallingChatOptions portable, Extras extras) {
        super(
                portable.getToolCallbacks(),
                portable.getToolContext(),
                portable.getModel(),
                portable.getFrequencyPenalty(),
                portable.getMaxTokens(),
                portable.getPresencePenalty(),
                portable.getStopSequences(),
                portable.getTemperature(),
                portable.getTopK(),
                portable.getTopP());
        this.extras = extras;
    }

    /** Options that leave every choice to the engine. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Options of any kind as ours: theirs where they say something, the defaults elsewhere.
     */
    static GptOssChatOptions merge(GptOssChatOptions defaults, @Nullable ChatOptions asked) {
        if (asked == null) {
            return defaults;
        }
        if (asked instanceof GptOssChatOptions ours) {
            return ours;
        }
        return defaults.mutate().overrideBy(asked).build();
    }

    /** How long the model thinks. */
    public @Nullable ReasoningEffort getReasoningEffort() {
        return extras.reasoningEffort();
    }

    /** Most tokens of reasoning. */
    public @Nullable Integer getReasoningBudget() {
        return extras.reasoningBudget();
    }

    /** Seed of the draws; the same seed gives the same text. */
    public @Nullable Long getSeed() {
        return extras.seed();
    }

    /** Least probability of a token, as a share of the likeliest one's. */
    public @Nullable Double getMinP() {
        return extras.minP();
    }

    /** Number of likeliest tokens reported per token of the answer; 0 reports the chosen one alone. */
    public @Nullable Integer getTopLogprobs() {
        return extras.topLogprobs();
    }

    /** Whether and which tools are called. */
    public @Nullable ToolChoice getToolChoice() {
        return extras.toolChoice();
    }

    /** JSON Schema of the answer. */
    @Override
    public @Nullable String getOutputSchema() {
        return extras.outputSchema();
    }

    /** How long the request may take. */
    public @Nullable Deadlines getDeadlines() {
        return extras.deadlines();
    }

    /** The higher, the earlier out of the queue. */
    public @Nullable Integer getPriority() {
        return extras.priority();
    }

    @Override
    public Builder mutate() {
        return new Builder().overrideBy((ChatOptions) this).overrideBy(extras);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof GptOssChatOptions that && extras.equals(that.extras);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), extras);
    }

    /** What no portable option says. */
    private record Extras(
            @Nullable ReasoningEffort reasoningEffort,
            @Nullable Integer reasoningBudget,
            @Nullable Long seed,
            @Nullable Double minP,
            @Nullable Integer topLogprobs,
            @Nullable ToolChoice toolChoice,
            @Nullable String outputSchema,
            @Nullable Deadlines deadlines,
            @Nullable Integer priority) {}

    /** Collects options; each is optional, and null takes one back. */
    public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder>
            implements StructuredOutputChatOptions.Builder<Builder> {

        private @Nullable ReasoningEffort reasoningEffort;
        private @Nullable Integer reasoningBudget;
        private @Nullable Long seed;
        private @Nullable Double minP;
        private @Nullable Integer topLogprobs;
        private @Nullable ToolChoice toolChoice;
        private @Nullable String outputSchema;
        private @Nullable Deadlines deadlines;
        private @Nullable Integer priority;

        private Builder() {}

        /** How long the model thinks. It cannot be told not to think. */
        public Builder reasoningEffort(@Nullable ReasoningEffort effort) {
            reasoningEffort = effort;
            return this;
        }

        /** Most tokens of reasoning; the model is then made to answer. */
        public Builder reasoningBudget(@Nullable Integer tokens) {
            reasoningBudget = tokens;
            return this;
        }

        /** Makes draws repeatable. */
        public Builder seed(@Nullable Long seed) {
            this.seed = seed;
            return this;
        }

        /** Leaves out tokens less probable than this share of the likeliest one. */
        public Builder minP(@Nullable Double minP) {
            this.minP = minP;
            return this;
        }

        /** Reports this number of likeliest tokens per token of the answer, 0 for the chosen one alone. */
        public Builder topLogprobs(@Nullable Integer count) {
            topLogprobs = count;
            return this;
        }

        /** Says whether and which tools are called. */
        public Builder toolChoice(@Nullable ToolChoice choice) {
            toolChoice = choice;
            return this;
        }

        /** Makes the answer fit a JSON Schema. */
        @Override
        public Builder outputSchema(@Nullable String schema) {
            outputSchema = schema;
            return this;
        }

        /** Ends the request when it has taken this long in total. */
        public Builder deadline(Duration total) {
            return deadlines(Deadlines.total(total));
        }

        /** Ends the request when it has taken too long. */
        public Builder deadlines(@Nullable Deadlines deadlines) {
            this.deadlines = deadlines;
            return this;
        }

        /** The higher, the earlier out of the queue. */
        public Builder priority(@Nullable Integer priority) {
            this.priority = priority;
            return this;
        }

        @Override
        public Builder combineWith(ChatOptions.Builder<?> other) {
            if (!(other instanceof DefaultChatOptionsBuilder<?>)) {
                return overrideBy(other.build());
            }
            super.combineWith(other);
            if (other instanceof Builder ours) {
                return overrideBy(ours.extras());
            }
            if (other instanceof StructuredOutputChatOptions.Builder<?>
                    && other.build() instanceof StructuredOutputChatOptions structured) {
                outputSchema = either(structured.getOutputSchema(), outputSchema);
            }
            return this;
        }

        @Override
        public GptOssChatOptions build() {
            return new GptOssChatOptions(super.build(), extras());
        }

        /** Takes over what options of any kind say. */
        private Builder overrideBy(ChatOptions options) {
            Builder portable = new Builder()
                    .model(options.getModel())
                    .frequencyPenalty(options.getFrequencyPenalty())
                    .maxTokens(options.getMaxTokens())
                    .presencePenalty(options.getPresencePenalty())
                    .stopSequences(options.getStopSequences())
                    .temperature(options.getTemperature())
                    .topK(options.getTopK())
                    .topP(options.getTopP());
            if (options instanceof ToolCallingChatOptions calling) {
                portable.toolCallbacks(calling.getToolCallbacks()).toolContext(calling.getToolContext());
            }
            super.combineWith(portable);
            if (options instanceof StructuredOutputChatOptions structured) {
                outputSchema = either(structured.getOutputSchema(), outputSchema);
            }
            return this;
        }

        private Builder overrideBy(Extras more) {
            reasoningEffort = either(more.reasoningEffort, reasoningEffort);
            reasoningBudget = either(more.reasoningBudget, reasoningBudget);
            seed = either(more.seed, seed);
            minP = either(more.minP, minP);
            topLogprobs = either(more.topLogprobs, topLogprobs);
            toolChoice = either(more.toolChoice, toolChoice);
            outputSchema = either(more.outputSchema, outputSchema);
            deadlines = either(more.deadlines, deadlines);
            priority = either(more.priority, priority);
            return this;
        }

        private Extras extras() {
            return new Extras(
                    reasoningEffort,
                    reasoningBudget,
                    seed,
                    minP,
                    topLogprobs,
                    toolChoice,
                    outputSchema,
                    deadlines,
                    priority);
        }

        private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
            return first != null ? first : second;
        }
    }
}
