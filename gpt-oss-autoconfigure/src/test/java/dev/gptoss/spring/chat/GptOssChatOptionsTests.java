package dev.gptoss.spring.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.ReasoningEffort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.test.options.AbstractChatOptionsTests;

/** The framework's contract of options, and what ours add to it. */
class GptOssChatOptionsTests extends AbstractChatOptionsTests<GptOssChatOptions, GptOssChatOptions.Builder> {

    @Override
    protected Class<GptOssChatOptions> getConcreteOptionsClass() {
        return GptOssChatOptions.class;
    }

    @Override
    protected GptOssChatOptions.Builder readyToBuildBuilder() {
        return GptOssChatOptions.builder();
    }

    @Test
    void mutateKeepsEverything() {
        GptOssChatOptions all = all();

        assertThat(all.mutate().build()).isEqualTo(all).hasSameHashCodeAs(all);
    }

    @Test
    void laterOptionsOverrideEarlierOnes() {
        GptOssChatOptions merged = all().mutate()
                .combineWith(GptOssChatOptions.builder()
                        .reasoningEffort(ReasoningEffort.LOW)
                        .seed(2L)
                        .temperature(0.9))
                .build();

        assertThat(merged.getReasoningEffort()).isEqualTo(ReasoningEffort.LOW);
        assertThat(merged.getSeed()).isEqualTo(2);
        assertThat(merged.getTemperature()).isEqualTo(0.9);
        assertThat(merged.getReasoningBudget()).isEqualTo(100);
        assertThat(merged.getOutputSchema()).isEqualTo("{}");
    }

    @Test
    void nullTakesAnOptionBack() {
        assertThat(all().mutate().outputSchema(null).build().getOutputSchema()).isNull();
    }

    @Test
    void portableOptionsOfEveryKindAreTakenOver() {
        GptOssChatOptions merged = GptOssChatOptions.builder()
                .combineWith(ChatOptions.builder().temperature(0.3))
                .combineWith(ToolCallingChatOptions.builder().toolContext("tenant", "a"))
                .combineWith(StructuredOutputChatOptions.builder().outputSchema("{\"type\":\"string\"}"))
                .build();

        assertThat(merged.getTemperature()).isEqualTo(0.3);
        assertThat(merged.getToolContext()).containsEntry("tenant", "a");
        assertThat(merged.getOutputSchema()).isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void buildersDoNotShareState() {
        GptOssChatOptions.Builder first = GptOssChatOptions.builder().seed(1L);
        GptOssChatOptions.Builder second = first.clone().seed(2L);

        assertThat(first.build().getSeed()).isEqualTo(1);
        assertThat(second.build().getSeed()).isEqualTo(2);
    }

    private static GptOssChatOptions all() {
        return GptOssChatOptions.builder()
                .model("m")
                .temperature(0.1)
                .topK(1)
                .topP(0.2)
                .maxTokens(3)
                .frequencyPenalty(0.4)
                .presencePenalty(0.5)
                .stopSequences(List.of("END"))
                .toolContext(Map.of("a", 1))
                .reasoningEffort(ReasoningEffort.HIGH)
                .reasoningBudget(100)
                .seed(1L)
                .minP(0.05)
                .topLogprobs(2)
                .toolChoice(ToolChoice.REQUIRED)
                .outputSchema("{}")
                .deadlines(Deadlines.total(Duration.ofSeconds(1)))
                .priority(9)
                .build();
    }
}
