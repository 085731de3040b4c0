package dev.gptoss.spring.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt.Chat;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.DeveloperContent;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.SystemContent;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.util.MimeTypeUtils;
import reactor.core.Disposable;

class GptOssChatModelTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    private final ScriptedEngine engine = new ScriptedEngine();
    private final GptOssChatModel model =
            GptOssChatModel.builder(engine).clock(CLOCK).build();

    @Test
    void callAnswersWithReasoningApart() {
        engine.reply(Reply.text("Because of scattering.").withReasoning("Think of light. "));

        ChatResponse response = model.call(new Prompt("Why is the sky blue?"));

        assertThat(response.getResult().getOutput().getText()).isEqualTo("Because of scattering.");
        assertThat(Reasoning.of(response).text()).isEqualTo("Think of light. ");
        assertThat(Reasoning.of(response).tokens()).hasValue(3);
        assertThat(response.getResult().getMetadata().<String>get("thinking")).isEqualTo("Think of light. ");
        assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
    }

    @Test
    void streamGivesDeltasAndThenEverythingElse() {
        engine.reply(Reply.text("Because of scattering.").withReasoning("Think of light."));

        List<ChatResponse> chunks =
                model.stream(new Prompt("Why is the sky blue?")).collectList().block();

        assertThat(chunks).hasSize(7);
        assertThat(chunks.subList(0, 3).stream()
                        .map(chunk -> Reasoning.of(chunk).delta()))
                .containsExactly("Think ", "of ", "light.");
        assertThat(chunks.subList(3, 6).stream()
                        .map(chunk -> chunk.getResult().getOutput().getText()))
                .containsExactly("Because ", "of ", "scattering.");
        assertThat(chunks.subList(0, 6))
                .allSatisfy(chunk -> assertThat(chunk.getResult().getMetadata().getFinishReason())
                        .isNull());
        assertThat(Reasoning.of(chunks.getLast()).text()).isEqualTo("Think of light.");
        assertThat(chunks.getLast().getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
        assertThat(chunks.getLast().getMetadata().getUsage().getCompletionTokens())
                .isEqualTo(6);
    }

    @Test
    void aggregatedStreamKeepsReasoningAndItsTokens() {
        engine.reply(Reply.text("Yes.").withReasoning("Think of light."));
        AtomicReference<ChatResponse> whole = new AtomicReference<>();

        new MessageAggregator()
                .aggregate(model.stream(new Prompt("Is it?")), whole::set)
                .blockLast();

        assertThat(whole.get().getResult().getOutput().getText()).isEqualTo("Yes.");
        assertThat(Reasoning.of(whole.get()).text()).isEqualTo("Think of light.");
        assertThat(Reasoning.of(whole.get()).delta()).isEmpty();
        assertThat(Reasoning.of(whole.get()).tokens()).hasValue(3);
    }

    @Test
    void responsesTellUsageAndTimesUnderOllamasNamesToo() {
        engine.reply(Reply.text("Yes it is."));

        ChatResponse response = model.call(new Prompt("Is it?"));

        var metadata = response.getMetadata();
        assertThat(metadata.getModel()).isEqualTo("scripted");
        assertThat(metadata.getId()).isEqualTo("scripted-1");
        assertThat(metadata.getUsage().getPromptTokens()).isPositive();
        assertThat(metadata.getUsage().getCompletionTokens()).isEqualTo(3);
        assertThat(metadata.getUsage().getCacheReadInputTokens()).isZero();
        assertThat(metadata.getUsage().getNativeUsage()).isInstanceOf(dev.gptoss.engine.Usage.class);
        assertThat(metadata.<Integer>get("eval-count")).isEqualTo(3);
        assertThat(metadata.<Integer>get("prompt-eval-count"))
                .isEqualTo(metadata.getUsage().getPromptTokens());
        assertThat(metadata.<Duration>get("eval-duration")).isEqualTo(Duration.ofMillis(3));
        assertThat(metadata.<Duration>get("total-duration")).isEqualTo(Duration.ofMillis(4));
        assertThat(metadata.<Instant>get("created-at")).isEqualTo(CLOCK.instant());
        assertThat(metadata.<Boolean>get("done")).isTrue();
        assertThat(metadata.<Double>get(GptOssMetadata.TOKENS_PER_SECOND)).isEqualTo(1000);
    }

    @Test
    void toolCallsComeOnceWholeAndWithUniqueIds() {
        engine.reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}")
                .andToolCall("weather", "{\"city\":\"Bergen\"}")
                .withPreamble("Let me look.")
                .withReasoning("Two cities."));

        List<ChatResponse> chunks = model.stream(new Prompt("Weather?", withTools(tool("weather"))))
                .collectList()
                .block();

        List<ChatResponse> withCalls =
                chunks.stream().filter(ChatResponse::hasToolCalls).toList();
        assertThat(withCalls).containsExactly(chunks.getLast());
        AssistantMessage message = chunks.getLast().getResult().getOutput();
        assertThat(message.getToolCalls())
                .extracting(AssistantMessage.ToolCall::name, AssistantMessage.ToolCall::arguments)
                .containsExactly(tuple("weather", "{\"city\":\"Oslo\"}"), tuple("weather", "{\"city\":\"Bergen\"}"));
        assertThat(message.getToolCalls().stream().map(AssistantMessage.ToolCall::id))
                .doesNotHaveDuplicates();
        assertThat(Reasoning.of(message).text()).isEqualTo("Two cities.");
        assertThat(chunks.getLast().getResult().getMetadata().getFinishReason()).isEqualTo("TOOL_CALLS");
    }

    @Test
    void preambleIsTheTextOfItsToolCallMessage() {
        engine.reply(Reply.toolCall("weather", "{}").withPreamble("Let me look."));

        ChatResponse response = model.call(new Prompt("Weather?", withTools(tool("weather"))));

        assertThat(response.getResult().getOutput().getText()).isEqualTo("Let me look.");
        assertThat(response.hasToolCalls()).isTrue();
    }

    @Test
    void namesThatAreNoIdentifiersReachTheModelAsSuchAndComeBack() {
        engine.when(
                request -> true,
                request -> Reply.toolCall(request.tools().getFirst().name(), "{}"));

        ChatResponse response =
                model.call(new Prompt("Go", withTools(tool("get-weather.now"), tool("get_weather_now"))));

        assertThat(engine.lastRequest().tools().stream().map(ToolDefinition::name))
                .containsExactly("get_weather_now_2", "get_weather_now");
        assertThat(response.getResult().getOutput().getToolCalls().getFirst().name())
                .isEqualTo("get-weather.now");
    }

    @Test
    void conversationReachesTheEngineAsHarmony() {
        engine.reply(Reply.text("Cold."));
        var call = new AssistantMessage.ToolCall("id-7", "function", "weather", "{\"city\":\"Oslo\"}");

        model.call(new Prompt(
                List.of(
                        new SystemMessage("Be short."),
                        new SystemMessage("Be kind."),
                        new UserMessage("Oslo?"),
                        AssistantMessage.builder()
                                .content("I look.")
                                .properties(Map.of("reasoningContent", "A tool helps."))
                                .toolCalls(List.of(call))
                                .build(),
                        ToolResponseMessage.builder()
                                .responses(List.of(new ToolResponseMessage.ToolResponse("id-7", "", "4 degrees")))
                                .build()),
                withTools(tool("weather"))));

        List<Message> messages =
                ((Chat) engine.lastRequest().prompt()).conversation().messages();
        assertThat(((SystemContent) messages.get(0).content().getFirst()).currentDate())
                .isEqualTo("2026-03-04");
        assertThat(((DeveloperContent) messages.get(1).content().getFirst()).instructions())
                .isEqualTo("Be short.\n\nBe kind.");
        assertThat(messages.subList(2, messages.size()))
                .extracting(Message::channel, Message::recipient, Message::text)
                .containsExactly(
                        tuple(null, null, "Oslo?"),
                        tuple("analysis", null, "A tool helps."),
                        tuple("commentary", null, "I look."),
                        tuple("commentary", "functions.weather", "{\"city\":\"Oslo\"}"),
                        tuple("commentary", "assistant", "4 degrees"));
        assertThat(messages.getLast().author().name()).isEqualTo("functions.weather");
    }

    @Test
    void optionsReachTheEngine() {
        engine.reply(Reply.text("{\"a\":1}"));

        model.call(new Prompt(
                "Go",
                GptOssChatOptions.builder()
                        .reasoningEffort(ReasoningEffort.HIGH)
                        .reasoningBudget(100)
                        .temperature(0.5)
                        .topK(7)
                        .topP(0.9)
                        .minP(0.1)
                        .seed(42L)
                        .frequencyPenalty(0.25)
                        .presencePenalty(0.75)
                        .maxTokens(1000)
                        .stopSequences(List.of("END"))
                        .topLogprobs(3)
                        .toolChoice(ToolChoice.NONE)
                        .outputSchema("{\"type\": \"object\", \"title\": \"Thing\"}")
                        .deadline(Duration.ofMinutes(1))
                        .priority(5)
                        .build()));

        GenerationRequest request = engine.lastRequest();
        assertThat(request.reasoningEffort()).isEqualTo(ReasoningEffort.HIGH);
        assertThat(request.reasoningBudget()).isEqualTo(100);
        assertThat(request.sampling().temperature()).isEqualTo(0.5f);
        assertThat(request.sampling().topK()).isEqualTo(7);
        assertThat(request.sampling().topP()).isEqualTo(0.9f);
        assertThat(request.sampling().minP()).isEqualTo(0.1f);
        assertThat(request.sampling().seed()).hasValue(42);
        assertThat(request.sampling().frequencyPenalty()).isEqualTo(0.25f);
        assertThat(request.sampling().presencePenalty()).isEqualTo(0.75f);
        assertThat(request.maxTokens()).isEqualTo(1000);
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.topLogprobs()).isEqualTo(3);
        assertThat(request.toolChoice()).isEqualTo(ToolChoice.NONE);
        assertThat(request.responseFormat().name()).isEqualTo("Thing");
        assertThat(request.responseFormat().schema()).isEqualTo("{\"type\":\"object\",\"title\":\"Thing\"}");
        assertThat(request.deadlines().total()).isEqualTo(Duration.ofMinutes(1));
        assertThat(request.priority()).isEqualTo(5);
    }

    @Test
    void foreignOptionsAreMergedWithTheDefaults() {
        engine.reply(Reply.text("Yes."));
        GptOssChatModel withDefaults = GptOssChatModel.builder(engine)
                .options(GptOssChatOptions.builder()
                        .reasoningEffort(ReasoningEffort.LOW)
                        .temperature(0.1)
                        .build())
                .build();

        withDefaults.call(
                new Prompt("Go", ChatOptions.builder().temperature(0.7).build()));

        assertThat(engine.lastRequest().sampling().temperature()).isEqualTo(0.7f);
        assertThat(engine.lastRequest().reasoningEffort()).isEqualTo(ReasoningEffort.LOW);
    }

    @Test
    void modelThatIsNotLoadedIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> model.call(
                        new Prompt("Go", ChatOptions.builder().model("another").build())))
                .withMessageContaining("'another'")
                .withMessageContaining("'scripted'");
    }

    @Test
    void mediaIsRefused() {
        UserMessage picture = UserMessage.builder()
                .text("What is this?")
                .media(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("file:/cat.png")))
                .build();

        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> model.call(new Prompt(picture)))
                .withMessageContaining("image/png");
    }

    @Test
    void limitGivesWhatWasSaidAndSaysSo() {
        engine.reply(Reply.text("one two three four").withReasoning("Count."));

        ChatResponse response = model.call(
                new Prompt("Go", GptOssChatOptions.builder().maxTokens(3).build()));

        assertThat(response.getResult().getOutput().getText()).isEqualTo("one two ");
        assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("LENGTH");
    }

    @Test
    void turnOfReasoningAloneGivesAnEmptyTextAndAnHonestReason() {
        engine.reply(Reply.text("never said").withReasoning("one two three"));

        ChatResponse response = model.call(
                new Prompt("Go", GptOssChatOptions.builder().maxTokens(3).build()));

        assertThat(response.getResult().getOutput().getText()).isEmpty();
        assertThat(Reasoning.of(response).text()).isEqualTo("one two three");
        assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("LENGTH");
    }

    @Test
    void deadlineIsATypedErrorThatKeepsWhatWasSaid() {
        engine.reply(Reply.text("one two three four five six").withDelay(Duration.ofMillis(60)));

        DeadlineExceededException error = catchThrowableOfType(
                DeadlineExceededException.class,
                () -> model.call(new Prompt(
                        "Go",
                        GptOssChatOptions.builder()
                                .deadline(Duration.ofMillis(200))
                                .build())));

        assertThat(error.partialResponse().getResult().getOutput().getText()).startsWith("one ");
        assertThat(error.partialResponse().getResult().getMetadata().getFinishReason())
                .isEqualTo("DEADLINE");
    }

    @Test
    void interruptStopsTheEngine() throws InterruptedException {
        engine.reply(Reply.text("one two").withDelay(Duration.ofMinutes(1)));
        AtomicReference<Throwable> error = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                model.call(new Prompt("Go"));
            } catch (RuntimeException e) {
                error.set(e);
            }
        });
        Awaitility.await().until(() -> engine.statistics().running() == 1);

        caller.interrupt();
        caller.join(Duration.ofSeconds(5));

        assertThat(error.get()).isInstanceOf(GenerationCancelledException.class);
        assertThat(engine.statistics().running()).isZero();
    }

    @Test
    void unsubscribingStopsTheEngineAlsoBeforeTheFirstToken() {
        engine.reply(Reply.text("one two").withDelay(Duration.ofMinutes(1)));
        Disposable subscription = model.stream(new Prompt("Go")).subscribe();
        Awaitility.await().until(() -> engine.statistics().running() == 1);

        subscription.dispose();

        Awaitility.await().until(() -> engine.statistics().running() == 0);
        assertThat(engine.statistics().cancelled()).isEqualTo(1);
    }

    @Test
    void failureOfTheEngineIsItsOwnException() {
        EngineException failure = new EngineException("the disk is gone");
        engine.reply(Reply.text("one").failingWith(failure)).reply(Reply.failure(failure));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> model.call(new Prompt("Go")))
                .isSameAs(failure);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> model.stream(new Prompt("Go")).blockLast())
                .withMessage("the disk is gone");
    }

    @Test
    void endlessRepetitionIsAFinishReason() {
        engine.reply(Reply.text("again again again").endingWith(FinishReason.LOOP));

        assertThat(model.call(new Prompt("Go")).getResult().getMetadata().getFinishReason())
                .isEqualTo("LOOP");
    }

    private static GptOssChatOptions withTools(ToolCallback... tools) {
        return GptOssChatOptions.builder().toolCallbacks(tools).build();
    }

    private static ToolCallback tool(String name) {
        return FunctionToolCallback.builder(name, (City city) -> city.city() + " is fine")
                .inputType(City.class)
                .description("Weather of a city.")
                .build();
    }

    private record City(String city) {}
}
