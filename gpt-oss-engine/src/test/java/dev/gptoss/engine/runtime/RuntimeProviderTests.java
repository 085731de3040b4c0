package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.InsufficientMemoryException;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines over a real model: small, of random weights. */
@Timeout(120)
class RuntimeProviderTests {

    @ParameterizedTest
    @ValueSource(strings = {"reference", "scalar", "auto"})
    void sameSeedSaysTheSameAndAnotherDoesNot(String backend) {
        try (Engine engine = Engine.open(options().withBackend(backend))) {
            List<Integer> first = engine.submit(request(5, 7)).await().tokens();
            assertThat(engine.submit(request(5, 7)).await().tokens()).isEqualTo(first);
            assertThat(engine.submit(request(5, 8)).await().tokens()).isNotEqualTo(first);
        }
    }

    @Test
    void sequencesBesideOthersSayWhatTheySayAlone() {
        List<GenerationRequest> requests =
                IntStream.range(0, 6).mapToObj(i -> request(3 + 40 * i, i)).toList();
        List<List<Integer>> alone;
        try (Engine engine = Engine.open(options())) {
            alone = requests.stream()
                    .map(request -> engine.submit(request).await().tokens())
                    .toList();
        }
        try (Engine engine = Engine.open(options().withSequences(3))) {
            List<Generation> all = requests.stream().map(engine::submit).toList();
            assertThat(all.stream().map(Generation::await).map(GenerationResult::tokens))
                    .isEqualTo(alone);
        }
    }

    @Test
    void promptAlreadyComputedIsNotComputedAgain() {
        try (Engine engine = Engine.open(options())) {
            GenerationResult first = engine.submit(request(100, 1)).await();
            GenerationResult second = engine.submit(request(100, 1)).await();
            assertThat(first.usage().cached()).isZero();
            assertThat(second.usage().cached()).isEqualTo(99);
            assertThat(second.tokens()).isEqualTo(first.tokens());
            assertThat(engine.statistics().cachedTokens()).isEqualTo(99);
        }
    }

    @Test
    void infoTellsWhatIsLoaded() {
        try (Engine engine = Engine.open(options().withContextLength(300))) {
            assertThat(engine.info().contextLength()).isEqualTo(300);
            assertThat(engine.info().precision()).isEqualTo(Precision.EXACT);
            assertThat(engine.info().config().vocabulary()).isPositive();
            assertThat(engine.info().memory()).isNotEmpty();
        }
    }

    @Test
    void tokenOutsideTheVocabularyIsRefused() {
        try (Engine engine = Engine.open(options())) {
            int vocabulary = engine.info().config().vocabulary();
            GenerationRequest request = GenerationRequest.builder(new Prompt.Tokens(List.of(1, vocabulary)))
                    .build();
            assertThatThrownBy(() -> engine.submit(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("position 1")
                    .hasMessageContaining(String.valueOf(vocabulary));
        }
    }

    @Test
    void contextThatDoesNotFitIsRefusedWithFigures() {
        assertThatThrownBy(
                        () -> Engine.open(options().withContextLength(131_072).withSequences(20_000)))
                .isInstanceOfSatisfying(InsufficientMemoryException.class, refusal -> {
                    assertThat(refusal.neededBytes()).isGreaterThan(refusal.availableBytes());
                    assertThat(refusal).hasMessageContaining("kv");
                });
    }

    @Test
    void loadCanBeCancelled() {
        LoadListener cancelled = new LoadListener() {
            @Override
            public void onProgress(long done, long total) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Engine.open(options().withLoadListener(cancelled)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void missingModelIsAClearError() {
        assertThatThrownBy(() -> Engine.open(EngineOptions.of(Path.of("no-such-model"))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("no-such-model");
    }

    private static GenerationRequest request(int promptLength, long seed) {
        List<Integer> ids = IntStream.range(0, promptLength)
                .map(i -> 1 + i * 7 % 90)
                .boxed()
                .toList();
        return GenerationRequest.builder(new Prompt.Tokens(ids))
                .sampling(Sampling.DEFAULT.withSeed(seed))
                .maxTokens(30)
                .build();
    }

    private static EngineOptions options() {
        return EngineOptions.of(tiny()).withPrecision(Precision.EXACT).withContextLength(512);
    }

    private static Path tiny() {
        try {
            return Path.of(RuntimeProviderTests.class
                            .getResource("/tiny/config.json")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
