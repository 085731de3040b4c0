package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.ToolDefinition;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.synth.SyntheticModel;
import dev.gptoss.engine.weights.synth.TokenSource;
import dev.gptoss.samples.nano.NanoModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever a model says at temperature 1, what was promised comes: answers and arguments that an independent validator
 * accepts, formats asserted, declared tools only, and a whole final message or call in every turn that owes one.
 */
class WholeAnswersTests {

    private static final int ANSWERS = Boolean.getBoolean("gptoss.full") ? 10_000 : 30;
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** A folder of safetensors carries no vocabulary. */
    private static final class NoTokens implements TokenSource {

        @Override
        public int ordinaryTokens() {
            return 0;
        }

        @Override
        public byte[] bytes(int id) {
            throw new IllegalArgumentException("no token " + id);
        }

        @Override
        public @Nullable String special(int id) {
            return null;
        }
    }

    private final Map<String, Schema> validators = new HashMap<>();
    private int calls;
    private int answers;
    private int cut;

    @Test
    void trainedModelKeepsEveryPromise() {
        check("nano", NanoModel.path());
    }

    @Test
    void randomWeightsKeepEveryPromise(@TempDir Path folder) throws IOException {
        Path model = folder.resolve("random");
        ModelConfig shape = new ModelConfig(
                64,
                64,
                2,
                1,
                32,
                4,
                2,
                201_088,
                128,
                List.of(LayerType.SLIDING_ATTENTION, LayerType.FULL_ATTENTION),
                1e-5f,
                new RopeConfig(150_000, 32, 32, 1, 4096, false),
                131_072,
                1.702f,
                7);
        new SyntheticModel(shape, SyntheticModel.Format.SAFETENSORS, SyntheticModel.Dense.BF16, 5, false)
                .write(model, new NoTokens(), 2);
        check("random weights", model);
    }

    private void check(String name, Path model) {
        EngineOptions options = EngineOptions.of(model)
                .withContextLength(2048)
                .withSequences(16)
                .withQueueLimit(64);
        Random random = new Random(7);
        ArrayDeque<Map.Entry<GenerationRequest, Generation>> running = new ArrayDeque<>();
        try (Engine engine = Engine.open(options)) {
            for (int i = 0; i < ANSWERS; i++) {
                if (running.size() == 48) {
                    check(running.poll());
                }
                if (i > 0 && i % 500 == 0) {
                    System.out.printf("%s: %d turns so far%n", name, i - running.size());
                }
                GenerationRequest request = SpringShapes.request(random, 1);
                // a listener reads at once, so that no turn waits for its reader
                running.add(Map.entry(request, engine.submit(request, event -> {})));
            }
            while (!running.isEmpty()) {
                check(running.poll());
            }
            EngineStatistics counts = engine.statistics();
            System.out.printf(
                    "%s: %d turns with %d calls and %d records, %d closed at a limit; %d tokens, %d forced, %d drafted, %d"
                            + " accepted%n",
                    name,
                    ANSWERS,
                    calls,
                    answers,
                    cut,
                    counts.completionTokens(),
                    counts.forcedTokens(),
                    counts.draftedTokens(),
                    counts.acceptedTokens());
        }
        assertThat(calls).isGreaterThan(ANSWERS / 5);
        assertThat(answers).isGreaterThan(ANSWERS / 5);
    }

    private void check(Map.Entry<GenerationRequest, Generation> turn) {
        GenerationRequest request = turn.getKey();
        GenerationResult result = turn.getValue().await();
        int[] tokens = result.tokens().stream().mapToInt(Integer::intValue).toArray();
        String said = TOKENIZER.decode(tokens);
        assertThat(result.reason()).as(said).isNotIn(FinishReason.DEADLINE, FinishReason.ERROR, FinishReason.CANCELLED);
        cut += result.reason() == FinishReason.LENGTH ? 1 : 0;
        for (GenerationEvent.ToolCall call : result.toolCalls()) {
            checkCall(request, call, said);
        }
        if (!result.toolCalls().isEmpty()) {
            return;
        }
        ToolChoice choice = request.toolChoice();
        assertThat(choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named)
                .as("a call was promised: %s", said)
                .isFalse();
        ResponseFormat format = request.responseFormat();
        if (format != null) {
            answers++;
            validate(format.schema(), lastMessage(said), said);
        } else if (result.reason() == FinishReason.STOP) {
            lastMessage(said);
        }
    }

    private void checkCall(GenerationRequest request, GenerationEvent.ToolCall call, String said) {
        calls++;
        assertThat(request.toolChoice()).as(said).isNotEqualTo(ToolChoice.NONE);
        if (request.toolChoice() instanceof ToolChoice.Named named) {
            assertThat(call.name()).as(said).isEqualTo(named.tool());
        }
        ToolDefinition tool = request.tools().stream()
                .filter(declared -> declared.name().equals(call.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("unknown tool " + call.name() + ": " + said));
        validate(String.valueOf(tool.parameters()), call.arguments(), said);
    }

    /** The content of the final message, which ends the turn. */
    private static String lastMessage(String said) {
        int header = said.lastIndexOf("<|channel|>");
        assertThat(said.substring(header))
                .as(said)
                .startsWith("<|channel|>final")
                .endsWith("<|return|>");
        int content = said.indexOf("<|message|>", header) + "<|message|>".length();
        return said.substring(content, said.length() - "<|return|>".length());
    }

    private void validate(String schema, String json, String said) {
        Schema validator = validators.computeIfAbsent(schema, text -> SCHEMAS.getSchema(JSON.readTree(text)));
        JsonNode value;
        try {
            value = JSON.readTree(json);
        } catch (tools.jackson.core.JacksonException e) {
            throw new AssertionError(json + " does not parse: " + said, e);
        }
        List<Error> errors = validator.validate(
                value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s by %s", json, schema).isEmpty();
    }
}
