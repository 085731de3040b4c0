package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Logprobs;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.reflect.Proxy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which matrices are held as Q8_0, and when. */
class DenseWeightsTests {

    private static final int[] TOKENS =
            IntStream.range(0, 40).map(i -> i * 37 % 320).toArray();

    @Test
    void exactPrecisionNeverRounds() {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            assertThat(plan(weights, "scalar", Precision.EXACT, DenseWeights.Q8_0)
                            .denseWeights())
                    .isEqualTo(DenseWeights.AS_STORED);
            assertThat(logits(weights, "scalar", Precision.EXACT, DenseWeights.Q8_0))
                    .isDeepEqualTo(logits(weights, "scalar", Precision.EXACT, DenseWeights.AS_STORED));
        }
    }

    @Test
    void onlyLargeModelsAreRoundedUnasked() {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            assertThat(plan(weights, "vector", Precision.FAST, DenseWeights.AUTO)
                            .denseWeights())
                    .isEqualTo(DenseWeights.AS_STORED);
            assertThat(plan(withLargeHead(weights), "vector", Precision.FAST, DenseWeights.AUTO)
                            .denseWeights())
                    .isEqualTo(DenseWeights.Q8_0);
        }
    }

    private static Weights withLargeHead(Weights weights) {
        return (Weights) Proxy.newProxyInstance(
                Weights.class.getClassLoader(),
                new Class<?>[] {Weights.class},
                (proxy, method, arguments) -> method.getName().equals("head")
                        ? new PatternMatrix(TensorType.BF16, 201_088, 2880)
                        : method.invoke(weights, arguments));
    }

    @Test
    void fastPrecisionComputesWithTheRoundedWeights() {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            float[][] rounded = logits(weights, "scalar", Precision.FAST, DenseWeights.Q8_0);
            assertThat(rounded[7]).isNotEqualTo(logits(weights, "scalar", Precision.FAST, DenseWeights.AS_STORED)[7]);
            float[][] reference =
                    logits(new QuantisedWeights(weights), "reference", Precision.EXACT, DenseWeights.AS_STORED);
            float[][] exact = logits(new QuantisedWeights(weights), "vector", Precision.EXACT, DenseWeights.AS_STORED);
            for (int p = 0; p < TOKENS.length; p++) {
                assertThat(Logprobs.worst(Logprobs.of(exact[p]), Logprobs.of(reference[p])))
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void routersNormsAndEmbeddingStayAsStored() {
        try (var stored = Weights.open(TinyModel.huggingFace())) {
            var rounded = new QuantisedWeights(stored);
            assertThat(rounded.embedding().type()).isEqualTo(stored.embedding().type());
            for (int l = 0; l < stored.config().layers(); l++) {
                assertThat(rounded.layer(l).router().weight().type())
                        .isEqualTo(stored.layer(l).router().weight().type());
                assertThat(rounded.layer(l).mlpNorm().read())
                        .isEqualTo(stored.layer(l).mlpNorm().read());
            }
        }
    }

    @Test
    void everyLayoutRoundsToTheSameBits() {
        try (var weights = Weights.open(TinyModel.mxfp4Gguf())) {
            float[][] rounded = logits(weights, "vector", Precision.FAST, DenseWeights.Q8_0);
            try (var stored = Weights.open(TinyModel.huggingFace())) {
                assertThat(rounded).isDeepEqualTo(logits(stored, "vector", Precision.FAST, DenseWeights.Q8_0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void planTellsTheBytesThatAreHeld(DenseWeights dense) {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            BackendPlan plan = plan(weights, "vector", Precision.FAST, dense);
            try (var backend = Backends.load(weights, plan, LoadListener.NONE)) {
                assertThat(plan.bytes().get("weights"))
                        .isEqualTo(backend.readWeights() + weights.embedding().byteSize());
            }
        }
    }

    private static float[][] logits(Weights weights, String name, Precision precision, DenseWeights dense) {
        try (Backend backend = Backends.load(weights, plan(weights, name, precision, dense), LoadListener.NONE)) {
            return new StepDriver(backend, weights.config().vocabulary()).compute(0, TOKENS, 16);
        }
    }

    private static BackendPlan plan(Weights weights, String name, Precision precision, DenseWeights dense) {
        var limits =
                StepDriver.limits(16, 1, TOKENS.length, 64, weights.config().slidingWindow());
        return Backends.plan(weights, new BackendChoice(name, 0, precision, dense, KvType.F16, null, 2, limits));
    }
}
