package dev.gptoss.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each intermediate of the tiny model, so that a fault shows where it begins. */
class ReferenceModelTests {

    private static final JsonNode EXPECTED = TinyModel.expected();

    @Test
    void everyIntermediateIsTheExpectedOne() {
        Map<String, float[][]> seen = new HashMap<>();
        forward((name, layer, values) -> seen.put("l" + layer + "." + name, copy(values)));
        JsonNode trace = EXPECTED.get("trace");
        assertThat(seen).hasSize(5 * 4);
        for (var entry : trace.properties()) {
            float[][] values = seen.get(entry.getKey());
            assertThat(values).as(entry.getKey()).isNotNull();
            if (entry.getKey().endsWith("experts")) {
                for (int row = 0; row < values.length; row++) {
                    expectClose(entry.getKey(), values[row], entry.getValue().get(row), 0);
                }
            } else {
                expectClose(entry.getKey(), values[values.length - 1], entry.getValue(), 2e-5);
            }
        }
    }

    @Test
    void logitsAreTheExpectedOnes() {
        float[][] logits = forward(Trace.NONE);
        for (int row = 0; row < logits.length; row++) {
            expectClose(
                    "logits of position " + row,
                    logits[row],
                    EXPECTED.get("logits").get(row),
                    2e-5);
        }
    }

    private static float[][] forward(Trace trace) {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            var sequence = new GrowingKeyValues();
            var rows = new ArrayList<Row>();
            for (JsonNode id : EXPECTED.get("prompt_ids")) {
                rows.add(new Row(sequence, rows.size(), id.asInt(), true));
            }
            return new ReferenceModel(weights, trace).forward(rows, () -> false);
        }
    }

    private static void expectClose(String what, float[] actual, JsonNode expected, double error) {
        assertThat(actual).as(what).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("%s[%d]", what, i)
                    .isCloseTo(expected.get(i).asDouble(), within(error));
        }
    }

    private static float[][] copy(float[][] values) {
        float[][] copy = new float[values.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i].clone();
        }
        return copy;
    }

    private static final class GrowingKeyValues implements KeyValues {

        private final Map<List<Integer>, float[][]> rows = new HashMap<>();

        @Override
        public void store(int layer, int position, float[] key, float[] value) {
            rows.put(List.of(layer, position), new float[][] {key, value});
        }

        @Override
        public float[] key(int layer, int position) {
            return rows.get(List.of(layer, position))[0];
        }

        @Override
        public float[] value(int layer, int position) {
            return rows.get(List.of(layer, position))[1];
        }
    }
}
