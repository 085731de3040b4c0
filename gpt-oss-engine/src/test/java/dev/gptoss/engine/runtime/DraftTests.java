package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.TokenLogprob;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Drafts change the number of steps and nothing else. */
@Timeout(300)
class DraftTests {

    private static final int REQUESTS = Boolean.getBoolean("gptoss.full") ? 2_000 : 200;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ORDER = """
            {"$defs":{"Item":{"type":"object","properties":{"sku":{"type":"string"},"quantity":{"type":"integer",\
            "format":"int32"}},"required":["sku","quantity"],"additionalProperties":false}},"type":"object",\
            "properties":{"customer":{"type":"string"},"state":{"type":"string","enum":["OPEN","CLOSED"]},\
            "day":{"type":"string","format":"date"},"items":{"type":"array","items":{"$ref":"#/$defs/Item"}},\
            "note":{"type":["string","null"]}},"required":["customer","state","day","items"],\
            "additionalProperties":false}""";

    private static final String INSTANCE =
            "{\"customer\":\"Ann\",\"state\":\"OPEN\",\"day\":\"2025-01-02\",\"items\":[{\"sku\":\"x1\",\"quantity\":12},"
                    + "{\"sku\":\"y\",\"quantity\":3}],\"note\":null}";
    private static final int[][] SCRIPTS = {
        FakeModels.ids("<|channel|>final<|message|>" + INSTANCE + "<|return|>"),
        FakeModels.ids("<|channel|>analysis<|message|>Look.<|end|><|start|>assistant<|channel|>commentary"
                + " to=functions.find_order <|constrain|>json<|message|>" + INSTANCE + "<|call|>")
    };

    @Test
    void answersAreThoseOfPlainDecoding() {
        List<GenerationRequest> requests = requests(REQUESTS);
        FakeBackend drafting = backend(FakeModels.limits(3, 80, 2048), 0.95);
        EngineStatistics statistics;
        List<GenerationResult> answers;
        try (RuntimeEngine engine = FakeModels.engine(drafting, REQUESTS, Duration.ofSeconds(30))) {
            answers = answers(engine, requests);
            statistics = engine.statistics();
        }
        FakeBackend plain = backend(FakeModels.withoutDrafts(FakeModels.limits(3, 80, 2048)), 0.95);
        try (RuntimeEngine engine = FakeModels.engine(plain, REQUESTS, Duration.ofSeconds(30))) {
            List<GenerationResult> expected = answers(engine, requests);
            for (int i = 0; i < REQUESTS; i++) {
                assertSame(answers.get(i), expected.get(i));
            }
            assertThat(engine.statistics().draftedTokens()).isZero();
            assertThat(engine.statistics().forcedTokens()).isEqualTo(statistics.forcedTokens());
        }
        assertThat(statistics.acceptedTokens()).isBetween(1L, statistics.draftedTokens() - 1);
        assertThat(drafting.steps.size()).isLessThan(plain.steps.size());
    }

    @Test
    void eachAcceptedTokenSavesAStep() {
        GenerationRequest request = chat().responseFormat(new ResponseFormat("order", null, ORDER))
                .maxTokens(300)
                .build();
        FakeBackend drafting = backend(FakeModels.limits(1, 256, 2048), 1);
        FakeBackend plain = backend(FakeModels.withoutDrafts(FakeModels.limits(1, 256, 2048)), 1);
        try (RuntimeEngine with = FakeModels.engine(drafting);
                RuntimeEngine without = FakeModels.engine(plain)) {
            GenerationResult answer = with.submit(request).await();
            assertSame(answer, without.submit(request).await());
            assertThat(answer.text()).isEqualTo(INSTANCE);
            assertThat(with.statistics().acceptedTokens()).isGreaterThan(10);
            assertThat(drafting.steps.size() + with.statistics().acceptedTokens())
                    .isEqualTo(plain.steps.size());
        }
    }

    @Test
    void penaltiesAreNotForeseen() {
        GenerationRequest request = chat().responseFormat(new ResponseFormat("order", null, ORDER))
                .sampling(Sampling.DEFAULT.withFrequencyPenalty(0.5f))
                .maxTokens(300)
                .build();
        FakeBackend drafting = backend(FakeModels.limits(1, 256, 2048), 1);
        try (RuntimeEngine engine = FakeModels.engine(drafting)) {
            engine.submit(request).await();
            assertThat(engine.statistics().draftedTokens()).isZero();
        }
    }

    @Test
    void modelThatSaysOtherThingsIsNotDraftedFor() {
        GenerationRequest request = chat().responseFormat(new ResponseFormat("order", null, ORDER))
                .maxTokens(600)
                .build();
        FakeBackend drafting = backend(FakeModels.limits(1, 256, 2048), 0);
        try (RuntimeEngine engine = FakeModels.engine(drafting)) {
            for (int i = 0; i < 10; i++) {
                engine.submit(request).await();
            }
            assertThat(engine.statistics().draftedTokens()).isLessThan(10 * (16 + Draft.MOST));
        }
    }

    private static void assertSame(GenerationResult one, GenerationResult other) {
        assertThat(one.tokens()).isEqualTo(other.tokens());
        assertThat(one.text()).isEqualTo(other.text());
        assertThat(one.reason()).isEqualTo(other.reason());
        assertThat(one.usage().reasoning()).isEqualTo(other.usage().reasoning());
        assertThat(one.logprobs().stream().map(TokenLogprob::token).toList())
                .isEqualTo(other.logprobs().stream().map(TokenLogprob::token).toList());
    }

    private static List<GenerationResult> answers(RuntimeEngine engine, List<GenerationRequest> requests) {
        List<Generation> running = requests.stream().map(engine::submit).toList();
        return running.stream().map(Generation::await).toList();
    }

    private static List<GenerationRequest> requests(int count) {
        Random random = new Random(5);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GenerationRequest.Builder request = chat().maxTokens(90 + random.nextInt(250));
            if (random.nextBoolean()) {
                ToolDefinition find = new ToolDefinition("find_order", "Finds.", JSON.readTree(ORDER));
                request.tools(List.of(find, new ToolDefinition("list_orders", "", null)))
                        .toolChoice(random.nextBoolean() ? ToolChoice.AUTO : ToolChoice.REQUIRED);
                request.stop(random.nextInt(4) == 0 ? List.of("a", "zz") : List.of());
            } else {
                request.responseFormat(new ResponseFormat("order", null, ORDER));
            }
            if (random.nextInt(3) == 0) {
                request.reasoningBudget(random.nextInt(40));
            }
            if (random.nextInt(4) == 0) {
                request.topLogprobs(random.nextInt(3));
            }
            requests.add(request.build());
        }
        return requests;
    }

    private static GenerationRequest.Builder chat() {
        return GenerationRequest.builder(new Prompt.Chat(Conversation.of(Message.user("Fill in the order."))));
    }

    /**
     * Draws by what stood before and by the place of the noise: as often as the share says what a script says next, if
     * it still follows one, else any permitted token.
     */
    private static FakeBackend backend(Limits limits, double share) {
        return new FakeBackend(limits, FakeModels.WINDOW, (history, output) -> {
            Random random = new Random(Arrays.hashCode(history) * 31L + output.drawPosition);
            for (int[] script : SCRIPTS) {
                int next = next(script, history);
                if (permits(output, next) && random.nextDouble() < share) {
                    return next;
                }
            }
            return any(output, random);
        });
    }

    /** The token of a script after the longest of its beginnings that ends the history; its first if there is none. */
    private static int next(int[] script, int[] history) {
        for (int length = Math.min(script.length - 1, history.length); length > 0; length--) {
            int from = history.length - length;
            if (Arrays.equals(history, from, history.length, script, 0, length)) {
                return script[length];
            }
        }
        return script[0];
    }

    private static int any(Output output, Random random) {
        if (output.mask == null) {
            return random.nextInt(100_000);
        }
        BitSet permitted = BitSet.valueOf(output.mask);
        int last = permitted.length() - 1;
        return random.nextInt(4) == 0 ? last : permitted.nextSetBit(random.nextInt(last + 1));
    }

    private static boolean permits(Output output, int token) {
        return output.mask == null || (output.mask[token >> 6] >> token & 1) != 0;
    }
}
