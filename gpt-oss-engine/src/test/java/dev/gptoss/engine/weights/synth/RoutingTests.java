package dev.gptoss.engine.weights.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.model.KeyValues;
import dev.gptoss.engine.model.ReferenceModel;
import dev.gptoss.engine.model.Row;
import dev.gptoss.engine.model.Trace;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.synth.SyntheticModel.Dense;
import dev.gptoss.engine.weights.synth.SyntheticModel.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that made-up models route and predict like trained ones, so that measuring them says something. */
class RoutingTests {
    private static final int TOKENS = 128;
    private static final int VOCABULARY = 512;
    private static final int EXPERTS = 128;
    private static final boolean IS_FULL = Boolean.getBoolean("gptoss.full");

    @TempDir
    Path folder;

    @Test
    void distinctTokensTouchNearlyAllExpertsOfEachLayer() throws IOException {
        // 64 columns are few for 36 layers: 89 to 93 % in the worst of them, by seed; 128 give 90 to 93
        ModelConfig config = IS_FULL ? deep(36, 128) : deep(12, 64);
        Path file = folder.resolve("deep.gguf");
        new SyntheticModel(config, Format.GGUF, Dense.Q8_0, 1, false).write(file, new Letters(), 2);

        Map<Integer, BitSet> touched = new HashMap<>();
        Trace trace = (name, layer, values) -> {
            if (name.equals("experts")) {
                BitSet experts = touched.computeIfAbsent(layer, l -> new BitSet());
                for (float[] row : values) {
                    for (float expert : row) {
                        experts.set((int) expert);
                    }
                }
            }
        };
        try (Weights weights = Weights.open(file)) {
            float[][] logits = new ReferenceModel(weights, trace).forward(rows(), () -> false);
            assertThat(touched).hasSize(config.layers());
            touched.forEach((layer, experts) ->
                    assertThat(experts.cardinality()).as("layer %d", layer).isGreaterThan(EXPERTS * 9 / 10));
            assertThat(deviation(logits)).isBetween(2.0, 3.0);
        }
    }

    private static List<Row> rows() {
        var sequence = new Kept();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < TOKENS; i++) {
            rows.add(new Row(sequence, i, i * 31 % VOCABULARY, i == TOKENS - 1));
        }
        return rows;
    }

    private static double deviation(float @Nullable [][] logits) {
        assertThat(logits).isNotNull();
        double squares = 0;
        for (float logit : logits[0]) {
            squares += (double) logit * logit;
        }
        return Math.sqrt(squares / logits[0].length);
    }

    private static ModelConfig deep(int layers, int width) {
        return new ModelConfig(
                width,
                width,
                8,
                2,
                64,
                EXPERTS,
                4,
                VOCABULARY,
                128,
                IntStream.range(0, layers)
                        .mapToObj(l -> l % 2 == 0 ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION)
                        .toList(),
                1e-5f,
                new RopeConfig(150_000, 32, 32, 1, 4096, false),
                131_072,
                1.702f,
                7);
    }

    private static final class Kept implements KeyValues {
        private final Map<Long, float[]> keys = new HashMap<>();
        private final Map<Long, float[]> values = new HashMap<>();

        @Override
        public void store(int layer, int position, float[] key, float[] value) {
            keys.put(place(layer, position), key);
            values.put(place(layer, position), value);
        }

        @Override
        public float[] key(int layer, int position) {
            return keys.get(place(layer, position));
        }

        @Override
        public float[] value(int layer, int position) {
            return values.get(place(layer, position));
        }

        private static long place(int layer, int position) {
            return (long) layer << 32 | position;
        }
    }

    private static final class Letters implements TokenSource {
        @Override
        public int ordinaryTokens() {
            return 26;
        }

        @Override
        public byte[] bytes(int id) {
            return Character.toString('a' + id).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable String special(int id) {
            return null;
        }
    }
}
