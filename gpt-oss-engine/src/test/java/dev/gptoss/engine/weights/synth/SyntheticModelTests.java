package dev.gptoss.engine.weights.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.weights.ExpertWeights;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.Weights;
import dev.gptoss.engine.weights.synth.SyntheticModel.Dense;
import dev.gptoss.engine.weights.synth.SyntheticModel.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that made-up models of any shape are readable, repeatable and the same in both formats. */
class SyntheticModelTests {
    @TempDir
    Path folder;

    @Test
    void bothFormatsOfASeedAreTheSameModel() throws IOException {
        ModelConfig config = oddShape(3, 5);
        Path gguf = folder.resolve("odd.gguf");
        Path safetensors = folder.resolve("odd");
        new SyntheticModel(config, Format.GGUF, Dense.BF16, 7, false).write(gguf, new FewTokens(), 2);
        new SyntheticModel(config, Format.SAFETENSORS, Dense.BF16, 7, false).write(safetensors, new FewTokens(), 1);
        try (Weights one = Weights.open(gguf);
                Weights other = Weights.open(safetensors)) {
            assertThat(one.config()).isEqualTo(config);
            assertThat(other.config()).isEqualTo(config);
            List<float[]> values = values(one);
            List<float[]> same = values(other);
            assertThat(same).hasSameSizeAs(values);
            for (int i = 0; i < values.size(); i++) {
                assertThat(same.get(i)).isEqualTo(values.get(i));
            }
        }
    }

    @Test
    void numbersHaveTheDeviationThatTheirGainAsksFor() throws IOException {
        ModelConfig config = oddShape(1, 4);
        Path gguf = folder.resolve("scale.gguf");
        new SyntheticModel(config, Format.GGUF, Dense.Q8_0, 1, false).write(gguf, new FewTokens(), 2);
        try (Weights weights = Weights.open(gguf)) {
            assertThat(deviation(weights.embedding())).isBetween(0.9, 1.1);
            assertThat(deviation(weights.head()) * Math.sqrt(config.hiddenSize()))
                    .isBetween(2.2, 2.8);
            // Block exponents are whole, so that a gain is met within a factor of 1.5 only.
            Linear gate = weights.layer(0).experts().getFirst().gate();
            assertThat(deviation(gate.weight()) * Math.sqrt(config.hiddenSize()))
                    .isBetween(0.8, 1.8);
        }
    }

    @Test
    void sparseModelTakesRoomForItsSmallTensorsOnly() throws IOException {
        Path gguf = folder.resolve("sparse.gguf");
        new SyntheticModel(SyntheticModel.shape120b(), Format.GGUF, Dense.Q8_0, 1, true)
                .write(gguf, new FewTokens(), 2);
        assertThat(Files.size(gguf)).isGreaterThan(63_000_000_000L);
        long heap = Runtime.getRuntime().maxMemory();
        try (Weights weights = Weights.open(gguf)) {
            assertThat(weights.byteSize()).isGreaterThan(20 * heap);
            float[] row = new float[2880];
            weights.layer(35).experts().get(127).down().weight().decodeRows(2879, 1, row, 0);
            assertThat(row).containsOnly(0);
            weights.layer(35).router().weight().decodeRows(127, 1, row, 0);
            assertThat(row).doesNotContain(Float.NaN).isNotEqualTo(new float[2880]);
        }
    }

    @Test
    void safetensorsWithQ8IsRefused() {
        assertThatThrownBy(() -> new SyntheticModel(oddShape(1, 4), Format.SAFETENSORS, Dense.Q8_0, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bf16");
    }

    /** Head size 80, seven times as many query heads, an uneven window, full layers in front. */
    static ModelConfig oddShape(int layers, int experts) {
        List<LayerType> types = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            types.add(l % 2 == 0 ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION);
        }
        return new ModelConfig(
                160,
                96,
                14,
                2,
                80,
                experts,
                2,
                77,
                5,
                types,
                1e-5f,
                new RopeConfig(10_000, 8, 16, 2, 512, false),
                4096,
                1.702f,
                7);
    }

    private static List<float[]> values(Weights weights) {
        var all = new ArrayList<float[]>();
        all.add(decoded(weights.embedding()));
        all.add(decoded(weights.head()));
        all.add(weights.finalNorm().read());
        for (int l = 0; l < weights.config().layers(); l++) {
            LayerWeights layer = weights.layer(l);
            var linears =
                    new ArrayList<>(List.of(layer.query(), layer.key(), layer.value(), layer.output(), layer.router()));
            for (ExpertWeights expert : layer.experts()) {
                linears.addAll(List.of(expert.gate(), expert.up(), expert.down()));
            }
            linears.forEach(linear -> {
                all.add(decoded(linear.weight()));
                all.add(linear.bias().read());
            });
            all.add(layer.attentionNorm().read());
            all.add(layer.mlpNorm().read());
            all.add(layer.sinks().read());
        }
        return all;
    }

    private static float[] decoded(WeightMatrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        matrix.decodeRows(0, matrix.rows(), values, 0);
        return values;
    }

    private static double deviation(WeightMatrix matrix) {
        double sum = 0;
        float[] values = decoded(matrix);
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    /** A vocabulary of printable pairs. */
    private static final class FewTokens implements TokenSource {
        @Override
        public int ordinaryTokens() {
            return 60;
        }

        @Override
        public byte[] bytes(int id) {
            String token = id < 30 ? Character.toString('a' + id % 26) + (id / 26) : "a" + id;
            return token.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable String special(int id) {
            return id == 60 ? "<|start|>" : null;
        }
    }
}
