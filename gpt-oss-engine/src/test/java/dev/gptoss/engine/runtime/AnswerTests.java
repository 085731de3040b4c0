package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a turn of the model becomes. */
class AnswerTests {

    private static final String OPENING = "<|start|>user<|message|>Hi<|end|><|start|>assistant";

    @Test
    void reasoningAndTextComeApart() {
        GenerationResult answer = answer(
                "<|channel|>analysis<|message|>Hm, hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello!<|return|>");
        assertThat(answer.reasoning()).isEqualTo("Hm, hm.");
        assertThat(answer.text()).isEqualTo("Hello!");
        assertThat(answer.reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.usage().prompt()).isEqualTo(FakeModels.ids(OPENING).length);
        assertThat(answer.usage().completion()).isEqualTo(answer.tokens().size());
        assertThat(answer.usage().reasoning())
                .isEqualTo(FakeModels.ids("<|channel|>analysis<|message|>Hm, hm.<|end|>").length);
        assertThat(answer.timings().total())
                .isGreaterThanOrEqualTo(
                        answer.timings().prefill().plus(answer.timings().decode()));
    }

    @Test
    void preambleIsTextThatAnnouncesACall() {
        List<GenerationEvent> events = events(
                request().build(),
                "<|channel|>commentary<|message|>I look.<|end|><|start|>assistant<|channel|>commentary"
                        + " to=functions.look <|constrain|>json<|message|>{\"a\":1}<|call|>");
        assertThat(texts(events)).isEqualTo("I look.");
        assertThat(events)
                .filteredOn(GenerationEvent.TextDelta.class::isInstance)
                .allMatch(event -> ((GenerationEvent.TextDelta) event).isPreamble());
        assertThat(calls(events)).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("look");
            assertThat(call.arguments()).isEqualTo("{\"a\":1}");
            assertThat(call.id()).startsWith("call_");
        });
        assertThat(finish(events).reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void callEndedByEndCountsAndSeveralAreCollected() {
        GenerationResult answer = answer("<|channel|>commentary to=functions.a<|message|>{}<|end|>"
                + "<|start|>assistant to=functions.b<|channel|>commentary<|message|>[1]<|call|>");
        assertThat(answer.toolCalls())
                .extracting(GenerationEvent.ToolCall::name)
                .containsExactly("a", "b");
        assertThat(answer.toolCalls()).extracting(GenerationEvent.ToolCall::id).doesNotHaveDuplicates();
        assertThat(answer.reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void callThatALimitCutsIsNone() {
        String turn = "<|channel|>commentary to=functions.a<|message|>{\"city\":\"Oslo\"}<|call|>";
        GenerationResult answer = answer(request().maxTokens(10), turn);
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.tokens()).hasSize(10);
    }

    @Test
    void messageWithoutChannelIsText() {
        assertThat(answer("<|message|>Plain.<|return|>").text()).isEqualTo("Plain.");
        assertThat(answer("I must refuse<|end|><|return|>").text()).isEqualTo("I must refuse");
    }

    @Test
    void promptMayBeginTheAnswer() {
        GenerationRequest request = GenerationRequest.builder(
                        FakeModels.prompt(OPENING + "<|channel|>final<|message|>The answer"))
                .build();
        List<GenerationEvent> events = events(request, "<|channel|>final<|message|>The answer is 42.<|return|>");
        assertThat(texts(events)).isEqualTo(" is 42.");
    }

    @Test
    void stopStringEndsTheAnswerAndIsNoPartOfIt() {
        GenerationResult answer = answer(
                request().stop(List.of("over there")),
                "<|channel|>analysis<|message|>over there<|end|><|start|>assistant<|channel|>final<|message|>Look over there, now<|return|>");
        assertThat(answer.reasoning()).isEqualTo("over there");
        assertThat(answer.text()).isEqualTo("Look ");
        assertThat(answer.reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void noEventHoldsHalfACharacter() {
        String text = "👩‍👩‍👧 und ein 🦊, 漢字 𝔘𝔫𝔦";
        List<GenerationEvent> events = events(request().build(), "<|channel|>final<|message|>" + text + "<|return|>");
        assertThat(texts(events)).isEqualTo(text);
        GenerationResult cut = answer(request().maxTokens(4), "<|channel|>final<|message|>👩‍👩‍👧<|return|>");
        assertThat(cut.text()).doesNotContain("\uFFFD");
    }

    @Test
    void endlessRepetitionIsALoop() {
        GenerationResult answer =
                answer(request().maxTokens(3000), "<|channel|>analysis<|message|>" + "wait, ".repeat(4000));
        assertThat(answer.reason()).isEqualTo(FinishReason.LOOP);
        assertThat(answer.tokens().size()).isBetween(LoopDetector.SHORTEST_RUN, LoopDetector.SHORTEST_RUN + 10);
    }

    @Test
    void contextEndsTheAnswerWhenItIsFull() {
        GenerationResult answer = answer(
                request().contextLimit(40), "<|channel|>final<|message|>" + "a b c d e f ".repeat(20) + "<|return|>");
        assertThat(answer.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.usage().total()).isEqualTo(40);
    }

    @Test
    void logprobsBelongToTheTextTheyComeWith() {
        String text = "Look 🦊 over there";
        List<GenerationEvent> events = events(
                request().topLogprobs(2).build(),
                "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>" + text
                        + "<|return|>");
        int[] tokens = events.stream()
                .filter(GenerationEvent.TextDelta.class::isInstance)
                .flatMap(event -> ((GenerationEvent.TextDelta) event).logprobs().stream())
                .mapToInt(TokenLogprob::token)
                .toArray();
        assertThat(tokens).isEqualTo(FakeModels.TOKENIZER.encode(text));
        assertThat(FakeModels.TOKENIZER.decode(tokens)).isEqualTo(text);
    }

    @Test
    void logprobsEndWithTheTextAtAStopString() {
        GenerationResult answer = answer(
                request().topLogprobs(0).stop(List.of(" there")),
                "<|channel|>final<|message|>Look over there, now<|return|>");
        assertThat(answer.logprobs()).hasSize(FakeModels.TOKENIZER.encode("Look over").length);
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.builder(FakeModels.prompt(OPENING));
    }

    private static GenerationResult answer(String turn) {
        return answer(request(), turn);
    }

    private static GenerationResult answer(GenerationRequest.Builder request, String turn) {
        return GenerationResult.collect(events(request.build(), turn));
    }

    private static List<GenerationEvent> events(GenerationRequest request, String turn) {
        FakeBackend backend =
                new FakeBackend(FakeModels.limits(1, 32, 4096), FakeModels.WINDOW, FakeModels.saying(turn));
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            List<GenerationEvent> events = new ArrayList<>();
            engine.submit(request).forEach(events::add);
            return events;
        }
    }

    private static String texts(List<GenerationEvent> events) {
        return events.stream()
                .filter(GenerationEvent.TextDelta.class::isInstance)
                .map(event -> ((GenerationEvent.TextDelta) event).text())
                .collect(Collectors.joining());
    }

    private static List<GenerationEvent.ToolCall> calls(List<GenerationEvent> events) {
        return events.stream()
                .filter(GenerationEvent.ToolCall.class::isInstance)
                .map(GenerationEvent.ToolCall.class::cast)
                .toList();
    }

    private static GenerationEvent.Finished finish(List<GenerationEvent> events) {
        assertThat(events.get(events.size() - 2)).isInstanceOf(GenerationEvent.UsageUpdate.class);
        return (GenerationEvent.Finished) events.getLast();
    }
}
