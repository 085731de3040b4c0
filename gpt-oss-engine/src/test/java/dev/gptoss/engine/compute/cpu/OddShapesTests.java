package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Logprobs;
import dev.gptoss.engine.compute.OtherConfig;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.RandomWeights;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Models of other shapes against the reference, and far positions. */
class OddShapesTests {

    private static final boolean FULL = Boolean.getBoolean("gptoss.full");
    private static final RopeConfig YARN = new RopeConfig(150_000, 32, 32, 1, 4096, false);

    static List<Arguments> shapes() {
        var other = new RopeConfig(10_000, 4, 16, 2, 512, false);
        var unscaled = new RopeConfig(50_000, 1, 32, 1, 4096, false);
        // hidden, inner, heads, kv heads, head size, experts, per token, vocabulary, window
        return List.of(
                Arguments.of(config(YARN, 72, 40, 6, 2, 48, 5, 2, 301, 7), TensorType.BF16, TensorType.BF16),
                Arguments.of(config(other, 50, 33, 4, 4, 50, 3, 3, 129, 1), TensorType.F32, TensorType.F32),
                Arguments.of(config(unscaled, 96, 64, 10, 2, 80, 12, 1, 64, 20), TensorType.BF16, TensorType.MXFP4),
                Arguments.of(config(YARN, 160, 96, 9, 1, 16, 33, 6, 1000, 128), TensorType.F32, TensorType.MXFP4),
                Arguments.of(config(YARN, 64, 32, 16, 2, 2, 4, 4, 17, 1000), TensorType.BF16, TensorType.MXFP4));
    }

    private static ModelConfig config(RopeConfig rope, int... s) {
        var types = List.of(LayerType.FULL_ATTENTION, LayerType.SLIDING_ATTENTION, LayerType.SLIDING_ATTENTION);
        return new ModelConfig(
                s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], types, 1e-5f, rope, 8192, 1.702f, 7);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shapesOfAnyKindEqualTheReference(ModelConfig config, TensorType dense, TensorType expert) {
        var weights = new RandomWeights(config, dense, expert, 1);
        int[] tokens = tokens(FULL ? 150 : 60, config.vocabulary());
        float[][] expected = logits(weights, "reference", Precision.EXACT, tokens, 64);
        for (String backend : new String[] {"scalar", "vector"}) {
            float[][] actual = logits(weights, backend, Precision.EXACT, tokens, 64);
            for (int p = 0; p < tokens.length; p++) {
                assertThat(Logprobs.worst(Logprobs.of(actual[p]), Logprobs.of(expected[p])))
                        .as("%s, position %d", backend, p)
                        .isLessThan(1e-4);
            }
        }
        assertThat(logits(weights, "vector", Precision.FAST, tokens, 64))
                .isDeepEqualTo(logits(weights, "scalar", Precision.FAST, tokens, 7));
    }

    @Test
    void positionsFarBeyondTheOriginalContextAreTheExpectedOnes() {
        JsonNode expected = TinyModel.expectedFar();
        for (String backend : FULL ? new String[] {"reference", "scalar", "vector"} : new String[] {"vector"}) {
            expectFar(backend, Weights.open(TinyModel.huggingFace()), expected, "logits");
            var truncated = OtherConfig.truncated(Weights.open(TinyModel.huggingFace()));
            expectFar(backend, truncated, expected, "logits_truncated");
        }
    }

    private static void expectFar(String backend, Weights weights, JsonNode expected, String name) {
        int[] tokens = new int[expected.get("n").asInt()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (37 * i * i + 11 * i) % 320;
        }
        List<Integer> positions =
                expected.get("positions").valueStream().map(JsonNode::asInt).toList();
        float[][] actual = sparse(weights, backend, tokens, positions::contains);
        for (int i = 0; i < positions.size(); i++) {
            double[] row = Logprobs.of(expected.get(name).get(i));
            assertThat(Logprobs.worst(Logprobs.of(actual[i]), row))
                    .as("%s, %s of position %d", backend, name, positions.get(i))
                    .isLessThan(2e-5);
        }
    }

    @Test
    void otherYarnSettingsEqualTheReference() {
        var rope = new RopeConfig(20_000, 8, 24, 1.5, 256, false);
        int length = FULL ? 7000 : 700;
        int[] tokens = tokens(length, 320);
        // the reference computes all positions, so that its keys are its own; a few of them are compared
        IntPredicate wanted = p -> p % 500 == 199;
        float[][] expected =
                sparse(OtherConfig.withRope(Weights.open(TinyModel.huggingFace()), rope), "reference", tokens, wanted);
        float[][] actual =
                sparse(OtherConfig.withRope(Weights.open(TinyModel.huggingFace()), rope), "vector", tokens, wanted);
        assertThat(expected).hasDimensions((length + 300) / 500, 320);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Logprobs.worst(Logprobs.of(actual[i]), Logprobs.of(expected[i])))
                    .as("comparison %d", i)
                    .isLessThan(2e-5);
        }
    }

    /** Logits of the wanted positions. */
    private static float[][] sparse(Weights weights, String name, int[] tokens, IntPredicate wanted) {
        var logits = new ArrayList<float[]>();
        try (weights;
                var backend = open(weights, name, Precision.EXACT, 512, tokens.length)) {
            var driver = new StepDriver(backend, 320);
            for (int from = 0; from < tokens.length; from += 512) {
                var pieces = new ArrayList<StepDriver.Piece>();
                for (int p = from; p < Math.min(from + 512, tokens.length); p++) {
                    float[] row = wanted.test(p) ? new float[320] : null;
                    if (row != null) {
                        logits.add(row);
                    }
                    pieces.add(new StepDriver.Piece(0, p, tokens[p], row));
                }
                driver.compute(pieces);
            }
        }
        return logits.toArray(float[][]::new);
    }

    private static float[][] logits(Weights weights, String name, Precision precision, int[] tokens, int chunk) {
        try (var backend = open(weights, name, precision, chunk, tokens.length)) {
            return new StepDriver(backend, weights.config().vocabulary()).compute(0, tokens, chunk);
        }
    }

    private static Backend open(Weights weights, String name, Precision precision, int rows, int context) {
        var limits = StepDriver.limits(rows, 1, context, 64, weights.config().slidingWindow());
        var plan = Backends.plan(weights, new BackendChoice(name, 0, precision, 2, limits));
        return Backends.load(weights, plan, LoadListener.NONE);
    }

    private static int[] tokens(int length, int vocabulary) {
        return new Random(9).ints(length, 0, vocabulary).toArray();
    }
}
