package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.samples.nano.NanoModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trained model says with drafts what it says without, and mostly what was foreseen. */
@Timeout(600)
class DraftsOnNanoTests {

    private static final int REQUESTS = Boolean.getBoolean("gptoss.full") ? 400 : 16;

    @Test
    void answersAreThoseOfPlainDecoding() {
        List<GenerationRequest> requests = new ArrayList<>();
        Random random = new Random(23);
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(SpringShapes.request(random, i % 2));
        }
        Run plain = run(requests, true);
        Run drafting = run(requests, false);

        assertThat(drafting.answers()).isEqualTo(plain.answers());
        assertThat(plain.statistics().draftedTokens()).isZero();
        EngineStatistics counts = drafting.statistics();
        System.out.printf(
                "nano: %d tokens of %d answers: %d forced, %d drafted, %d of them accepted; %d ms with drafts, %d ms without%n",
                counts.completionTokens(),
                REQUESTS,
                counts.forcedTokens(),
                counts.draftedTokens(),
                counts.acceptedTokens(),
                drafting.time().toMillis(),
                plain.time().toMillis());
        assertThat(counts.acceptedTokens()).isGreaterThan(counts.draftedTokens() / 2);
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

    private record Run(List<List<Integer>> answers, EngineStatistics statistics, Duration time) {}

    private static Run run(List<GenerationRequest> requests, boolean isPlain) {
        try (RuntimeEngine engine = engine(isPlain, requests.size())) {
            engine.submit(requests.getFirst()).await();
            long start = System.nanoTime();
            List<Generation> running = requests.stream().map(engine::submit).toList();
            List<List<Integer>> answers = running.stream()
                    .map(Generation::await)
                    .map(GenerationResult::tokens)
                    .toList();
            return new Run(answers, engine.statistics(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** An engine over the small model, or one without room for what drafts draw from. */
    private static RuntimeEngine engine(boolean isPlain, int queueLimit) {
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
                backend,
                info,
                Tokenizer.o200kHarmony(),
                clock,
                new FreeDrafts(),
                queueLimit,
                RuntimeEngine.STALL_LIMIT,
                weights::close);
    }
}
