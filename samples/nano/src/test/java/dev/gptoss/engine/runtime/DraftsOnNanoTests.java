package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.samples.nano.NanoModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** A trained model says with drafts what it says without, and mostly what was foreseen. */
@Timeout(600)
class DraftsOnNanoTests {

    private static final boolean IS_FULL = Boolean.getBoolean("gptoss.full");
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    @Test
    void answersAreThoseOfPlainDecoding() {
        List<GenerationRequest> turns = turns(IS_FULL ? 100 : 12);
        List<GenerationRequest> records = records(IS_FULL ? 39 : 8);
        try (RuntimeEngine plain = engine(true);
                RuntimeEngine drafting = engine(false)) {
            compare("turns", plain, drafting, turns);
            EngineStatistics counts = compare("records", plain, drafting, records);
            assertThat(counts.acceptedTokens()).isGreaterThan(counts.draftedTokens() / 2);
            assertThat(plain.statistics().draftedTokens()).isZero();
        }
    }

    /** Returns the totals of the engine that drafts. */
    private static EngineStatistics compare(
            String name, RuntimeEngine plain, RuntimeEngine drafting, List<GenerationRequest> requests) {
        EngineStatistics before = drafting.statistics();
        long start = System.nanoTime();
        List<List<Integer>> expected = answers(plain, requests);
        long middle = System.nanoTime();
        assertThat(answers(drafting, requests)).isEqualTo(expected);
        long end = System.nanoTime();
        EngineStatistics after = drafting.statistics();
        System.out.printf(
                "nano, %d %s: %d tokens, %d forced, %d drafted, %d of them accepted; %d ms without drafts, %d ms with%n",
                requests.size(),
                name,
                after.completionTokens() - before.completionTokens(),
                after.forcedTokens() - before.forcedTokens(),
                after.draftedTokens() - before.draftedTokens(),
                after.acceptedTokens() - before.acceptedTokens(),
                (middle - start) / 1_000_000,
                (end - middle) / 1_000_000);
        return after;
    }

    private static List<List<Integer>> answers(RuntimeEngine engine, List<GenerationRequest> requests) {
        List<Generation> running = requests.stream().map(engine::submit).toList();
        return running.stream()
                .map(Generation::await)
                .map(GenerationResult::tokens)
                .toList();
    }

    /** Turns of any shape, greedy and at temperature 1. */
    private static List<GenerationRequest> turns(int count) {
        Random random = new Random(23);
        return IntStream.range(0, count)
                .mapToObj(i -> SpringShapes.request(random, i % 2))
                .toList();
    }

    /** Records of the model's evaluation, which it was trained to fill, without reasoning. */
    private static List<GenerationRequest> records(int count) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DraftsOnNanoTests.class.getResourceAsStream("/eval.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> new JsonMapper().readTree(line))
                    .filter(task -> task.path("family").stringValue().equals("json"))
                    .limit(count)
                    .map(task -> record(task.path("prompt").stringValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenerationRequest record(String prompt) {
        int format = prompt.indexOf("\n{", prompt.indexOf("# Response Formats"));
        String schema = prompt.substring(format + 1, prompt.indexOf("<|end|>", format));
        List<Integer> ids = Arrays.stream(TOKENIZER.encode(prompt, SpecialText.AS_SPECIAL))
                .boxed()
                .toList();
        return GenerationRequest.builder(new Prompt.Tokens(ids))
                .responseFormat(new ResponseFormat("record", null, schema))
                .reasoningBudget(0)
                .sampling(Sampling.GREEDY)
                .maxTokens(300)
                .build();
    }

    /** Drafts whatever they cost. */
    private static final class FreeDrafts implements DraftCosts {

        @Override
        public void took(int sequences, int draftRows, long nanos) {}

        @Override
        public boolean pays(int sequences, double share) {
            return share > 0.5;
        }
    }

    /** An engine over the small model, or one without room for what drafts draw from. */
    private static RuntimeEngine engine(boolean isPlain) {
        EngineOptions options =
                EngineOptions.of(NanoModel.path()).withContextLength(2048).withSequences(2);
        Weights weights = Weights.open(options.model());
        Limits limits = LimitsChoice.of(options, weights.config());
        if (isPlain) {
            limits = new Limits(
                    limits.rows(),
                    limits.slots(),
                    limits.slots(),
                    limits.contextLength(),
                    limits.pageSize(),
                    limits.fullPages(),
                    limits.ringPages(),
                    limits.ringPagesPerSlot());
        }
        BackendPlan plan = Backends.plan(
                weights,
                new BackendChoice(
                        options.backend(), options.species(), options.precision(), options.threads(), limits));
        Backend backend = Backends.load(weights, plan, LoadListener.NONE);
        ModelInfo info = new ModelInfo(
                "nano",
                weights.config(),
                limits.contextLength(),
                backend.name(),
                backend.species(),
                plan.precision(),
                backend.threads(),
                backend.memory(),
                Duration.ZERO);
        Clock clock = Clock.fixed(Instant.parse("2025-08-05T10:00:00Z"), ZoneOffset.UTC);
        return new RuntimeEngine(
                backend, info, TOKENIZER, clock, new FreeDrafts(), 400, RuntimeEngine.STALL_LIMIT, weights::close);
    }
}
