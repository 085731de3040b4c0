package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.ContextLengthException;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where raw prompts end, and what is kept from there on. */
class PromptEndTests {

    private static final String USER = "<|start|>user<|message|>Hi<|end|>";

    private final RequestPreparer preparer =
            new RequestPreparer(FakeModels.TOKENIZER, FakeModels.CLOCK, FakeModels.VOCABULARY, 100);

    @Test
    void rawPromptIsFreeUnlessSomethingIsPromised() {
        assertThat(preparer.prepare(request(USER + "<|start|>assistant").build())
                        .constraint())
                .isNull();
    }

    @Test
    void schemaIsKeptFromTheHeaderOn() {
        Constraint constraint = constraint(USER + "<|start|>assistant");
        assertThat(constraint.permits(SpecialTokens.CHANNEL)).isTrue();
        assertThat(constraint.permits(SpecialTokens.MESSAGE)).isFalse();
    }

    @Test
    void schemaIsKeptInsideAnAnswerThatThePromptBegan() {
        Constraint constraint = constraint(USER + "<|start|>assistant<|channel|>final<|message|>{\"a\":tr");
        assertThat(FakeModels.TOKENIZER.decode(constraint.shortestClose())).isEqualTo("ue}<|return|>");
    }

    @Test
    void afterAMessageTheNextOneBegins() {
        assertThat(constraint(USER).forced()).containsExactly(SpecialTokens.START);
    }

    @Test
    void beginningThatBreaksTheSchemaIsRefused() {
        assertThatThrownBy(() -> constraint(USER + "<|start|>assistant<|channel|>final<|message|>[1"))
                .isInstanceOf(UnsupportedRequestException.class);
        assertThatThrownBy(() -> constraint("<|start|>user<|message|>Hi"))
                .isInstanceOf(UnsupportedRequestException.class);
        assertThatThrownBy(() -> constraint("plain text")).isInstanceOf(UnsupportedRequestException.class);
    }

    @Test
    void plainTextIsContinuedAsText() {
        HarmonyParser parser = preparer.prepare(request("Once upon").build()).parser();
        assertThat(parser.state()).isEqualTo(HarmonyParser.State.CONTENT);
        assertThat(parser.channel()).isNull();
    }

    @Test
    void promptThatFillsTheContextIsRefusedWithBothNumbers() {
        GenerationRequest.Builder full = GenerationRequest.builder(new Prompt.Tokens(List.of(1, 2, 3, 4, 5)));
        assertThatThrownBy(() -> preparer.prepare(full.contextLimit(5).build()))
                .isInstanceOfSatisfying(ContextLengthException.class, refusal -> {
                    assertThat(refusal.promptTokens()).isEqualTo(5);
                    assertThat(refusal.contextLength()).isEqualTo(5);
                });
        assertThat(preparer.prepare(full.contextLimit(6).build()).tokens()).hasSize(5);
    }

    @Test
    void biasOfATokenOutsideTheVocabularyIsRefused() {
        GenerationRequest request = request(USER)
                .sampling(Sampling.DEFAULT.withLogitBias(Map.of(FakeModels.VOCABULARY, 1f)))
                .build();
        assertThatThrownBy(() -> preparer.prepare(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logitBias");
    }

    private Constraint constraint(String prompt) {
        String schema = """
                {"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"],"additionalProperties":false}""";
        Constraint constraint = preparer.prepare(request(prompt)
                        .responseFormat(new ResponseFormat("a", null, schema))
                        .build())
                .constraint();
        assertThat(constraint).isNotNull();
        return constraint;
    }

    private static GenerationRequest.Builder request(String prompt) {
        return GenerationRequest.builder(FakeModels.prompt(prompt));
    }
}
