package dev.gptoss.spring.acceptance;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.EngineException;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;

/** What other chat models of the framework are tested for: one observation a call, by the framework's convention. */
class ObservationAcceptanceTests {

    private static final Prompt PROMPT = new Prompt(
            "Why?",
            GptOssChatOptions.builder()
                    .model("scripted")
                    .temperature(0.5)
                    .topK(4)
                    .topP(0.9)
                    .maxTokens(99)
                    .stopSequences(List.of("END"))
                    .build());

    private final TestObservationRegistry observations = TestObservationRegistry.create();
    private final ScriptedEngine engine = new ScriptedEngine();
    private final GptOssChatModel model = GptOssChatModel.builder(engine)
            .options(GptOssChatOptions.builder().model("scripted").build())
            .observationRegistry(observations)
            .build();

    @Test
    void call() {
        engine.reply(Reply.text("One two."));

        model.call(PROMPT);

        validate();
    }

    @Test
    void stream() {
        engine.reply(Reply.text("One two."));

        model.stream(PROMPT).blockLast();

        // The last chunk arrives before the observation ends.
        Awaitility.await().untilAsserted(this::validate);
    }

    @Test
    void failure() {
        engine.reply(Reply.failure(new EngineException("out of order")));

        assertThatThrownBy(() -> model.call(PROMPT)).hasMessageContaining("out of order");

        assertThat(observations)
                .hasObservationWithNameEqualTo("gen_ai.client.operation")
                .that()
                .hasBeenStopped()
                .hasError();
    }

    private void validate() {
        assertThat(observations)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasObservationWithNameEqualTo("gen_ai.client.operation")
                .that()
                .hasContextualNameEqualTo("chat scripted")
                .hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
                .hasLowCardinalityKeyValue("gen_ai.response.model", "scripted")
                .hasHighCardinalityKeyValue("gen_ai.request.temperature", "0.5")
                .hasHighCardinalityKeyValue("gen_ai.request.top_k", "4")
                .hasHighCardinalityKeyValue("gen_ai.request.top_p", "0.9")
                .hasHighCardinalityKeyValue("gen_ai.request.max_tokens", "99")
                .hasHighCardinalityKeyValue("gen_ai.request.stop_sequences", "[\"END\"]")
                .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"STOP\"]")
                .hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "2")
                .hasHighCardinalityKeyValueWithKey("gen_ai.usage.input_tokens")
                .hasHighCardinalityKeyValueWithKey("gen_ai.response.id")
                .hasBeenStarted()
                .hasBeenStopped();
    }
}
