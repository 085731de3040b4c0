package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Guards that a model is the same numbers whichever layout it is read from. */
class WeightsTests {
    @Test
    void configurationIsTheSameFromEveryLayout() {
        try (Weights folder = Weights.open(TinyModel.huggingFace());
                Weights original = Weights.open(TinyModel.original());
                Weights gguf = Weights.open(TinyModel.mxfp4Gguf())) {
            ModelConfig config = folder.config();
            assertThat(original.config()).isEqualTo(config);
            assertThat(gguf.config()).isEqualTo(config);
            assertThat(config.layers()).isEqualTo(4);
            assertThat(config.hiddenSize()).isEqualTo(96);
            assertThat(config.slidingWindow()).isEqualTo(4);
            assertThat(IntStream.range(0, 4).mapToObj(config::slides)).containsExactly(true, false, true, false);
            assertThat(config.rope()).isEqualTo(new RopeConfig(150_000, 32, 32, 1, 4096, false));
            assertThat(config.maxContext()).isEqualTo(131_072);
        }
    }

    @Test
    void rowsAreTheSameBytesFromEveryLayout() {
        try (Weights folder = Weights.open(TinyModel.huggingFace());
                Weights original = Weights.open(TinyModel.original());
                Weights gguf = Weights.open(TinyModel.mxfp4Gguf());
                var arena = Arena.ofConfined()) {
            Map<String, WeightMatrix> expected = matrices(folder);
            assertThat(expected).hasSize(2 + 4 * (5 + 3 * 8));
            for (Weights other : List.of(original, gguf)) {
                Map<String, WeightMatrix> found = matrices(other);
                expected.forEach((place, matrix) -> {
                    WeightMatrix same = found.get(place);
                    if (place.endsWith("router")) { // F32 in GGUF
                        assertThat(decoded(same)).as(place).isEqualTo(decoded(matrix));
                        return;
                    }
                    assertThat(same.type()).as(place).isEqualTo(matrix.type());
                    assertThat(bytes(same, arena).mismatch(bytes(matrix, arena)))
                            .as(place)
                            .isEqualTo(-1);
                });
            }
        }
    }

    @Test
    void vectorsAreTheSameNumbersFromEveryLayout() {
        try (Weights folder = Weights.open(TinyModel.huggingFace());
                Weights original = Weights.open(TinyModel.original());
                Weights gguf = Weights.open(TinyModel.mxfp4Gguf())) {
            Map<String, WeightVector> expected = vectors(folder);
            for (Weights other : List.of(original, gguf)) {
                Map<String, WeightVector> found = vectors(other);
                expected.forEach((place, vector) -> {
                    assertThat(found.get(place).length()).as(place).isEqualTo(vector.length());
                    assertThat(found.get(place).read()).as(place).isEqualTo(vector.read());
                });
            }
        }
    }

    @Test
    void anyRunOfRowsIsThatPartOfTheMatrix() {
        try (Weights weights = Weights.open(TinyModel.huggingFace());
                var arena = Arena.ofConfined()) {
            for (WeightMatrix matrix : matrices(weights).values()) {
                MemorySegment all = bytes(matrix, arena);
                for (int first = 0; first < matrix.rows(); first += 13) {
                    int count = Math.min(7, matrix.rows() - first);
                    MemorySegment some = arena.allocate(count * matrix.rowBytes());
                    matrix.readRows(first, count, some);
                    MemorySegment expected = all.asSlice(first * matrix.rowBytes(), some.byteSize());
                    assertThat(some.mismatch(expected)).as(matrix.name()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void everyBlockTypeDecodesToTheValuesOfItsVector() {
        try (Weights weights = Weights.open(TinyModel.mixedGguf())) {
            Map<String, WeightMatrix> byName = new LinkedHashMap<>();
            matrices(weights).values().forEach(matrix -> byName.put(matrix.name(), matrix));
            JsonNode first = TinyModel.expected().get("mixed").get("first_values");
            assertThat(first.size()).isEqualTo(9);
            Set<TensorType> types = EnumSet.noneOf(TensorType.class);
            first.propertyStream().forEach(entry -> {
                WeightMatrix matrix = byName.get(entry.getKey());
                JsonNode vector = entry.getValue();
                types.add(matrix.type());
                float[] values = decoded(matrix);
                for (int i = 0; i < 8; i++) {
                    double value = vector.get(i).asDouble();
                    assertThat((double) values[i]).as(matrix.name()).isCloseTo(value, within(Math.abs(value) * 1e-6));
                }
                double sum = 0;
                double magnitude = 0;
                for (float value : values) {
                    sum += value;
                    magnitude += Math.abs(value);
                }
                assertThat(sum).as(matrix.name()).isCloseTo(vector.get(8).asDouble(), within(magnitude * 1e-7));
            });
            assertThat(types).hasSize(9);
        }
    }

    static float[] decoded(WeightMatrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        matrix.decodeRows(0, matrix.rows(), values, 0);
        return values;
    }

    static MemorySegment bytes(WeightMatrix matrix, Arena arena) {
        MemorySegment rows = arena.allocate(matrix.byteSize());
        matrix.readRows(0, matrix.rows(), rows);
        return rows;
    }

    /** Every matrix by its place in the architecture. */
    static Map<String, WeightMatrix> matrices(Weights weights) {
        var all = new LinkedHashMap<String, WeightMatrix>();
        all.put("embedding", weights.embedding());
        all.put("head", weights.head());
        linears(weights).forEach((place, linear) -> all.put(place, linear.weight()));
        return all;
    }

    /** Every vector by its place in the architecture. */
    static Map<String, WeightVector> vectors(Weights weights) {
        var all = new LinkedHashMap<String, WeightVector>();
        all.put("final norm", weights.finalNorm());
        for (int l = 0; l < weights.config().layers(); l++) {
            LayerWeights layer = weights.layer(l);
            all.put(l + " attention norm", layer.attentionNorm());
            all.put(l + " sinks", layer.sinks());
            all.put(l + " mlp norm", layer.mlpNorm());
        }
        linears(weights).forEach((place, linear) -> all.put(place, linear.bias()));
        return all;
    }

    private static Map<String, Linear> linears(Weights weights) {
        var all = new LinkedHashMap<String, Linear>();
        for (int l = 0; l < weights.config().layers(); l++) {
            LayerWeights layer = weights.layer(l);
            all.put(l + " query", layer.query());
            all.put(l + " key", layer.key());
            all.put(l + " value", layer.value());
            all.put(l + " output", layer.output());
            all.put(l + " router", layer.router());
            for (int e = 0; e < layer.experts().size(); e++) {
                all.put(l + " gate " + e, layer.experts().get(e).gate());
                all.put(l + " up " + e, layer.experts().get(e).up());
                all.put(l + " down " + e, layer.experts().get(e).down());
            }
        }
        return all;
    }
}
