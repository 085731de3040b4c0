package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.IncompleteAnswerException;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a model wants to say, what it says is whole: it draws at random from what is permitted. */
@Timeout(600)
class GuaranteeTests {

    private static final int ANSWERS = Boolean.getBoolean("gptoss.full") ? 10_000 : 1_000;

    /** Reads records strictly, so that binding is a check of its own. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    record City(String name, int inhabitants) {}

    record Trip(String title, double price, boolean isBooked, Unit unit, List<City> stops) {}

    private static final String CITY = """
            {"type":"object","properties":{"name":{"type":"string"},"inhabitants":{"type":"integer","format":"int32"}},\
            "required":["name","inhabitants"],"additionalProperties":false}""";

    private static final String TRIP = """
            {"$defs":{"City":%s},"type":"object","properties":{"title":{"type":"string"},\
            "price":{"type":"number","format":"double"},"isBooked":{"type":"boolean"},\
            "unit":{"type":"string","enum":["CELSIUS","FAHRENHEIT"]},\
            "stops":{"type":"array","items":{"$ref":"#/$defs/City"}}},\
            "required":["title","price","isBooked","unit","stops"],"additionalProperties":false}""".formatted(CITY);

    private static final Map<String, Class<?>> TOOLS = Map.of("find_city", City.class, "book-trip", Trip.class);

    @Test
    void noAnswerIsMalformedWhateverTheModelWants() {
        Random random = new Random(17);
        Counts counts = new Counts();
        FakeBackend backend = new FakeBackend(
                FakeModels.limits(4, 128, 2048), FakeModels.WINDOW, (history, output) -> draw(random, output));
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            for (int i = 0; i < ANSWERS; i++) {
                GenerationRequest request = request(random);
                check(request, engine.submit(request).await(), counts);
            }
        }
        assertThat(counts.answers).isGreaterThan(ANSWERS / 10);
        assertThat(counts.calls).isGreaterThan(ANSWERS / 10);
        assertThat(counts.cut).isBetween(ANSWERS / 100, ANSWERS * 9 / 10);
    }

    @Test
    void limitBelowTheShortestAnswerIsATypedError() {
        FakeBackend backend = new FakeBackend(
                FakeModels.limits(1, 128, 2048), FakeModels.WINDOW, (history, output) -> draw(new Random(1), output));
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            GenerationRequest request =
                    chat().responseFormat(format()).maxTokens(10).build();
            assertThatThrownBy(() -> engine.submit(request).await())
                    .isInstanceOf(IncompleteAnswerException.class)
                    .hasMessageContaining("leaves room for 10");
        }
    }

    @Test
    void endlessReasoningIsClosedByAWholeAnswer() throws Exception {
        int think = FakeModels.TOKENIZER.encode(" think")[0];
        int[] header = FakeModels.ids("<|channel|>analysis<|message|>");
        FakeBackend backend = new FakeBackend(FakeModels.limits(1, 128, 4096), FakeModels.WINDOW, (history, output) -> {
            for (int token : header) {
                if (permits(output, token)) {
                    return token;
                }
            }
            return permits(output, think) ? think : draw(new Random(1), output);
        });
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            GenerationResult loop =
                    engine.submit(chat().responseFormat(format()).build()).await();
            assertThat(loop.reason()).isEqualTo(FinishReason.LOOP);
            JSON.readValue(loop.text(), Trip.class);
            GenerationResult limited = engine.submit(
                            chat().responseFormat(format()).maxTokens(300).build())
                    .await();
            assertThat(limited.reason()).isEqualTo(FinishReason.LENGTH);
            assertThat(limited.tokens()).hasSizeLessThanOrEqualTo(300);
            JSON.readValue(limited.text(), Trip.class);
            GenerationResult budgeted = engine.submit(
                            chat().reasoningBudget(50).maxTokens(100).build())
                    .await();
            assertThat(budgeted.usage().reasoning()).isEqualTo(50);
            assertThat(budgeted.text()).isNotEmpty();
        }
    }

    @Test
    void callBeginsOnlyWhereThereIsRoomToEndIt() {
        int[] header = FakeModels.ids("<|channel|>commentary to=functions.find_city <|constrain|>json<|message|>");
        FakeBackend backend = new FakeBackend(FakeModels.limits(1, 128, 2048), FakeModels.WINDOW, (history, output) -> {
            for (int token : header) {
                if (permits(output, token)) {
                    return token;
                }
            }
            return draw(new Random(1), output);
        });
        Counts counts = new Counts();
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            for (int most = 1; most <= 60; most++) {
                GenerationRequest request =
                        chat().tools(tools().subList(0, 1)).maxTokens(most).build();
                check(request, engine.submit(request).await(), counts);
            }
        }
        assertThat(counts.cut).isEqualTo(60);
        assertThat(counts.calls).isBetween(10, 50);
    }

    @Test
    void whatCannotBeEnforcedIsRefused() {
        FakeBackend backend = new FakeBackend(FakeModels.limits(1, 128, 2048), FakeModels.WINDOW, FakeModels.hashing());
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            assertThatThrownBy(() ->
                            engine.submit(chat().toolChoice(ToolChoice.REQUIRED).build()))
                    .isInstanceOf(UnsupportedRequestException.class);
            assertThatThrownBy(() -> engine.submit(chat().tools(tools())
                            .toolChoice(ToolChoice.of("other"))
                            .build()))
                    .isInstanceOf(UnsupportedRequestException.class)
                    .hasMessageContaining("other");
            assertThatThrownBy(() -> engine.submit(
                            chat().responseFormat(format()).stop(List.of("}")).build()))
                    .isInstanceOf(UnsupportedRequestException.class);
            ResponseFormat impossible = new ResponseFormat("x", null, "{\"type\":\"string\",\"pattern\":\"(a)\\\\1\"}");
            assertThatThrownBy(() ->
                            engine.submit(chat().responseFormat(impossible).build()))
                    .isInstanceOf(UnsupportedRequestException.class)
                    .hasMessageContaining("pattern");
        }
    }

    private static void check(GenerationRequest request, GenerationResult answer, Counts counts) {
        String shown = FakeModels.TOKENIZER.decode(
                answer.tokens().stream().mapToInt(Integer::intValue).toArray());
        for (GenerationEvent.ToolCall call : answer.toolCalls()) {
            assertThat(TOOLS).as(shown).containsKey(call.name());
            bind(call.arguments(), TOOLS.get(call.name()), shown);
            if (request.toolChoice() instanceof ToolChoice.Named named) {
                assertThat(call.name()).as(shown).isEqualTo(named.tool());
            }
            assertThat(request.toolChoice()).as(shown).isNotEqualTo(ToolChoice.NONE);
        }
        counts.cut += answer.reason() == FinishReason.LENGTH ? 1 : 0;
        if (!answer.toolCalls().isEmpty()) {
            counts.calls++;
            return;
        }
        boolean isRequired =
                request.toolChoice() instanceof ToolChoice.Required || request.toolChoice() instanceof ToolChoice.Named;
        assertThat(isRequired).as(shown).isFalse();
        if (request.responseFormat() != null) {
            counts.answers++;
            bind(finalText(answer), Trip.class, shown);
        }
    }

    /** The text without preambles: that of the last message. */
    private static String finalText(GenerationResult answer) {
        int[] tokens = answer.tokens().stream().mapToInt(Integer::intValue).toArray();
        String text = FakeModels.TOKENIZER.decode(tokens);
        String last = text.substring(text.lastIndexOf("<|message|>") + "<|message|>".length());
        assertThat(last).endsWith("<|return|>");
        String content = last.substring(0, last.length() - "<|return|>".length());
        assertThat(answer.text()).endsWith(content);
        return content;
    }

    private static void bind(String json, Class<?> type, String shown) {
        try {
            assertThat(JSON.readValue(json, type)).as(shown).isNotNull();
        } catch (tools.jackson.core.JacksonException e) {
            throw new AssertionError(json + " in " + shown, e);
        }
    }

    private static GenerationRequest request(Random random) {
        GenerationRequest.Builder request = chat().maxTokens(120 + random.nextInt(200));
        boolean hasTools = random.nextInt(3) > 0;
        if (hasTools) {
            request.tools(tools());
            request.toolChoice(
                    switch (random.nextInt(5)) {
                        case 0 -> ToolChoice.NONE;
                        case 1 -> ToolChoice.REQUIRED;
                        case 2 -> ToolChoice.of("book-trip");
                        default -> ToolChoice.AUTO;
                    });
        }
        if (!hasTools || random.nextBoolean()) {
            request.responseFormat(format());
        }
        if (random.nextInt(3) == 0) {
            request.reasoningBudget(random.nextInt(60));
        }
        return request.build();
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.builder(new Prompt.Chat(Conversation.of(Message.user("Plan a trip."))));
    }

    private static ResponseFormat format() {
        return new ResponseFormat("trip", null, TRIP);
    }

    private static List<ToolDefinition> tools() {
        List<ToolDefinition> tools = new ArrayList<>();
        tools.add(new ToolDefinition("find_city", "Finds a city.", JSON.readTree(CITY)));
        tools.add(new ToolDefinition("book-trip", "", JSON.readTree(TRIP)));
        return tools;
    }

    private static boolean permits(Output output, int token) {
        long[] mask = output.mask;
        return mask == null || (mask[token >> 6] >> token & 1) != 0;
    }

    /** Uniform over the mask, but special tokens, which are few, as often as a quarter. */
    private static int draw(Random random, Output output) {
        BitSet permitted = BitSet.valueOf(output.mask);
        int last = permitted.length() - 1;
        if (last >= SpecialTokens.FIRST && random.nextInt(4) == 0) {
            int first = permitted.nextSetBit(SpecialTokens.FIRST);
            return random.nextBoolean() ? first : last;
        }
        int token = permitted.nextSetBit(random.nextInt(last + 1));
        assertThat(token).isNotNegative();
        return token;
    }

    private static final class Counts {
        int answers;
        int calls;
        int cut;
    }
}
