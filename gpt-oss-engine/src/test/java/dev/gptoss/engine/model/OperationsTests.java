package dev.gptoss.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worked numbers of the specification. */
class OperationsTests {

    private static final RopeConfig YARN = new RopeConfig(150_000, 32, 32, 1, 4096, false);
    private static final RopeConfig TRUNCATED = new RopeConfig(150_000, 32, 32, 1, 4096, true);

    private final JsonNode numerics = numerics();

    @Test
    void frequenciesBlendBetweenExactBounds() {
        expectFrequencies(new Rope(YARN, 64), numerics.at("/yarn/inv_freq"));
    }

    @Test
    void frequenciesBlendBetweenWholeBoundsIfTruncated() {
        expectFrequencies(new Rope(TRUNCATED, 64), numerics.at("/yarn/inv_freq_truncated"));
    }

    @Test
    void concentrationGrowsWithTheLogarithmOfTheFactor() {
        assertThat(new Rope(YARN, 64).concentration())
                .isCloseTo(numerics.at("/yarn/concentration").asDouble(), within(1e-15));
    }

    @Test
    void rotationsAreThoseOfTheirPosition() {
        var rope = new Rope(YARN, 64);
        var cos = new float[32];
        var sin = new float[32];
        for (JsonNode given : numerics.get("cos_sin")) {
            rope.at(given.get("pos").asInt(), cos, sin, 0);
            int i = given.get("i").asInt();
            assertThat((double) cos[i]).isCloseTo(given.get("cos").asDouble(), within(1e-7));
            assertThat((double) sin[i]).isCloseTo(given.get("sin").asDouble(), within(1e-7));
        }
    }

    @Test
    void elementsTurnWithTheirPartnerHalfAHeadAway() {
        float[] head = floats(numerics.at("/rope_apply/x"));
        new Rope(YARN, 64).rotate(head, numerics.at("/rope_apply/pos").asInt());
        expectClose(head, numerics.at("/rope_apply/y"), 5e-7);
    }

    @Test
    void sinkTakesItsShareOfTheWeights() {
        // keys of one element whose scores are the given logits; values one-hot, so that the output is the weights
        JsonNode given = numerics.get("sink_softmax");
        float[] logits = floats(given.get("logits"));
        var config = config(4);
        var cache = new RowsOfOneHead(4);
        for (int p = 0; p < logits.length; p++) {
            float[] value = new float[4];
            value[p] = 1;
            cache.store(0, p, new float[] {logits[p] * 2, 0, 0, 0}, value); // 2 = sqrt(headDim)
        }
        float[] out = new float[4];
        float sink = (float) given.get("sink").asDouble();
        Operations.attend(config, new float[] {1, 0, 0, 0}, cache, 0, 0, 0, logits.length - 1, sink, out);
        for (int p = 0; p < logits.length; p++) {
            assertThat((double) out[p]).isCloseTo(given.get("weights").get(p).asDouble(), within(1e-7));
        }
    }

    @Test
    void swiGluClampsGateFromAboveAndUpOnBothSides() {
        for (JsonNode given : numerics.get("swiglu")) {
            float[][] gate = {{(float) given.get(0).asDouble()}};
            float[][] up = {{(float) given.get(1).asDouble()}};
            double expected = given.get(2).asDouble();
            assertThat((double) Operations.swiGlu(gate, up, 1.702f, 7)[0][0])
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void routerTakesTheLargestScoresTiesToTheLowerIndex() {
        JsonNode given = numerics.get("router");
        float[] scores = floats(given.get("logits"));
        int[] chosen = Operations.largest(scores, 4);
        double[] weights = Operations.softmaxOf(scores, chosen);
        for (int rank = 0; rank < 4; rank++) {
            assertThat(chosen[rank]).isEqualTo(given.get("top").get(rank).asInt());
            assertThat(weights[rank]).isCloseTo(given.get("weights").get(rank).asDouble(), within(1e-7));
        }
    }

    @Test
    void normDividesByTheRootOfTheMeanSquare() {
        JsonNode given = numerics.get("rmsnorm");
        float eps = (float) given.get("eps").asDouble();
        float[][] y = Operations.rmsNorm(new float[][] {floats(given.get("x"))}, floats(given.get("w")), eps);
        expectClose(y[0], given.get("y"), 1e-6);
    }

    private static void expectFrequencies(Rope rope, JsonNode expected) {
        assertThat(rope.half()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            double frequency = expected.get(i).asDouble();
            assertThat(rope.frequency(i)).isCloseTo(frequency, within(frequency * 1e-12));
        }
    }

    private static void expectClose(float[] actual, JsonNode expected, double error) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected.get(i).asDouble(), within(error));
        }
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    private static ModelConfig config(int headDim) {
        return new ModelConfig(
                8, 8, 1, 1, headDim, 1, 1, 10, 4, List.of(LayerType.FULL_ATTENTION), 1e-5f, YARN, 4096, 1.702f, 7);
    }

    private static JsonNode numerics() {
        try (var in = OperationsTests.class.getResourceAsStream("/vectors/numerics.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record RowsOfOneHead(float[][] keys, float[][] values) implements KeyValues {

        RowsOfOneHead(int positions) {
            this(new float[positions][], new float[positions][]);
        }

        @Override
        public void store(int layer, int position, float[] key, float[] value) {
            keys[position] = key;
            values[position] = value;
        }

        @Override
        public float[] key(int layer, int position) {
            return keys[position];
        }

        @Override
        public float[] value(int layer, int position) {
            return values[position];
        }
    }
}
