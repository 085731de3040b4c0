package dev.gptoss.spring.autoconfigure;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.chat.GptOssChatOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of requests that bring none. */
public class GptOssChatProperties {

    /** How long the model thinks before it answers. */
    private @Nullable ReasoningEffort reasoningEffort;

    /** Most tokens of reasoning; the model is then made to answer. */
    private @Nullable Integer reasoningBudget;

    /** How freely tokens are drawn; 0 always takes the likeliest. */
    private @Nullable Double temperature;

    /** Likeliest tokens to draw from; 0 for all. */
    private @Nullable Integer topK;

    /** Share of probability to draw from; 1 for all. */
    private @Nullable Double topP;

    /** Least probability of a token, as a share of the likeliest one's; 0 for none. */
    private @Nullable Double minP;

    /** Seed of the draws; the same seed gives the same text. */
    private @Nullable Long seed;

    /** Penalty on a token for each time it occurred in the answer. */
    private @Nullable Double frequencyPenalty;

    /** Penalty on a token that occurred in the answer. */
    private @Nullable Double presencePenalty;

    /** Most generated tokens, reasoning included. */
    private @Nullable Integer maxTokens;

    /** Texts at which an answer ends; they are not part of it. */
    private @Nullable List<String> stop;

    /** Likeliest tokens to report per token of the answer; 0 reports the chosen one alone. */
    private @Nullable Integer topLogprobs;

    /** Whether records are filled by constrained decoding rather than by asking for JSON in the prompt. */
    private boolean structuredOutput = true;

    private final Deadline deadline = new Deadline();

    GptOssChatOptions toOptions(@Nullable String modelName) {
        return GptOssChatOptions.builder()
                .model(modelName)
                .reasoningEffort(reasoningEffort)
                .reasoningBudget(reasoningBudget)
                .temperature(temperature)
                .topK(topK)
                .topP(topP)
                .minP(minP)
                .seed(seed)
                .frequencyPenalty(frequencyPenalty)
                .presencePenalty(presencePenalty)
                .maxTokens(maxTokens)
                .stopSequences(stop)
                .topLogprobs(topLogprobs)
                .deadlines(deadline.toDeadlines())
                .build();
    }

    public @Nullable ReasoningEffort getReasoningEffort() {
        return reasoningEffort;
    }

    public void setReasoningEffort(@Nullable ReasoningEffort reasoningEffort) {
        this.reasoningEffort = reasoningEffort;
    }

    public @Nullable Integer getReasoningBudget() {
        return reasoningBudget;
    }

    public void setReasoningBudget(@Nullable Integer reasoningBudget) {
        this.reasoningBudget = reasoningBudget;
    }

    public @Nullable Double getTemperature() {
        return temperature;
    }

    public void setTemperature(@Nullable Double temperature) {
        this.temperature = temperature;
    }

    public @Nullable Integer getTopK() {
        return topK;
    }

    public void setTopK(@Nullable Integer topK) {
        this.topK = topK;
    }

    public @Nullable Double getTopP() {
        return topP;
    }

    public void setTopP(@Nullable Double topP) {
        this.topP = topP;
    }

    public @Nullable Double getMinP() {
        return minP;
    }

    public void setMinP(@Nullable Double minP) {
        this.minP = minP;
    }

    public @Nullable Long getSeed() {
        return seed;
    }

    public void setSeed(@Nullable Long seed) {
        this.seed = seed;
    }

    public @Nullable Double getFrequencyPenalty() {
        return frequencyPenalty;
    }

    public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
        this.frequencyPenalty = frequencyPenalty;
    }

    public @Nullable Double getPresencePenalty() {
        return presencePenalty;
    }

    public void setPresencePenalty(@Nullable Double presencePenalty) {
        this.presencePenalty = presencePenalty;
    }

    public @Nullable Integer getMaxTokens() {
        return maxTokens;
    }

    public void setMaxTokens(@Nullable Integer maxTokens) {
        this.maxTokens = maxTokens;
    }

    public @Nullable List<String> getStop() {
        return stop;
    }

    public void setStop(@Nullable List<String> stop) {
        this.stop = stop;
    }

    public @Nullable Integer getTopLogprobs() {
        return topLogprobs;
    }

    public void setTopLogprobs(@Nullable Integer topLogprobs) {
        this.topLogprobs = topLogprobs;
    }

    public boolean isStructuredOutput() {
        return structuredOutput;
    }

    public void setStructuredOutput(boolean structuredOutput) {
        this.structuredOutput = structuredOutput;
    }

    public Deadline getDeadline() {
        return deadline;
    }

    /** How long a request may take. */
    public static class Deadline {

        /** Until a request is first computed. */
        private @Nullable Duration queue;

        /** Until the first token. */
        private @Nullable Duration firstToken;

        /** Until the end. */
        private @Nullable Duration total;

        @Nullable
        Deadlines toDeadlines() {
            return queue == null && firstToken == null && total == null
                    ? null
                    : new Deadlines(queue, firstToken, total);
        }

        public @Nullable Duration getQueue() {
            return queue;
        }

        public void setQueue(@Nullable Duration queue) {
            this.queue = queue;
        }

        public @Nullable Duration getFirstToken() {
            return firstToken;
        }

        public void setFirstToken(@Nullable Duration firstToken) {
            this.firstToken = firstToken;
        }

        public @Nullable Duration getTotal() {
            return total;
        }

        public void setTotal(@Nullable Duration total) {
            this.total = total;
        }
    }
}
