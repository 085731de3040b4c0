package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.weights.GgufVariant.GateUp;
import dev.gptoss.engine.weights.safetensors.SafetensorsHeaderWriter;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards every fusion, order and spelling that other converters write: the model stays the same numbers. */
class LayoutTests {
    @TempDir
    Path folder;

    @Test
    void fusedQkvAndStackedGateUpAreTakenApart() throws IOException {
        Path file = folder.resolve("fused.gguf");
        try (Weights tiny = Weights.open(TinyModel.huggingFace())) {
            new GgufVariant(tiny).fusedQkv().gateUp(GateUp.STACKED).write(file);
        }
        assertSameAsTiny(file);
    }

    @Test
    void ollamaNamesMissingKeysAndOldBlockOrderAreRead() throws IOException {
        Path file = folder.resolve("sha256-0123"); // a blob has no suffix
        try (Weights tiny = Weights.open(TinyModel.huggingFace())) {
            new GgufVariant(tiny).ollama().write(file);
        }
        assertSameAsTiny(file);
    }

    @Test
    void ollamaInterleavesAFusedGateUp() throws IOException {
        Path file = folder.resolve("interleaved.gguf");
        try (Weights tiny = Weights.open(TinyModel.huggingFace())) {
            new GgufVariant(tiny).ollama().fusedQkv().gateUp(GateUp.INTERLEAVED).write(file);
        }
        assertSameAsTiny(file);
    }

    @Test
    void splitFilesAreOneModel() throws IOException {
        try (Weights tiny = Weights.open(TinyModel.huggingFace())) {
            assertSameAsTiny(new GgufVariant(tiny).writeSplit(folder, 3));
        }
        assertSameAsTiny(folder); // and the folder holds one model, not three
    }

    @Test
    void dequantizedExpertsAreTheSameNumbers() throws IOException {
        Files.copy(TinyModel.huggingFace().resolve("config.json"), folder.resolve("config.json"));
        try (Weights tiny = Weights.open(TinyModel.huggingFace())) {
            dequantized(tiny).write(folder.resolve("model.safetensors"));
            try (Weights weights = Weights.open(folder)) {
                Map<String, WeightMatrix> found = WeightsTests.matrices(weights);
                WeightsTests.matrices(tiny).forEach((place, matrix) -> {
                    WeightMatrix same = found.get(place);
                    assertThat(same.type()).isEqualTo(TensorType.BF16);
                    assertThat(WeightsTests.decoded(same)).as(place).isEqualTo(WeightsTests.decoded(matrix));
                    // A few rows at a time take another path than all at once.
                    float[] row = new float[3 * matrix.columns()];
                    same.decodeRows(1, 3, row, 0);
                    assertThat(row)
                            .as(place)
                            .isEqualTo(Arrays.copyOfRange(
                                    WeightsTests.decoded(matrix), matrix.columns(), 4 * matrix.columns()));
                });
            }
        }
    }

    @Test
    void originalFolderIsFoundBelowItsRepository() throws IOException {
        TinyModel.copy(TinyModel.original(), folder.resolve("original"));
        assertSameAsTiny(folder);
    }

    private static void assertSameAsTiny(Path path) {
        try (Weights tiny = Weights.open(TinyModel.huggingFace());
                Weights weights = Weights.open(path)) {
            assertThat(weights.config()).isEqualTo(tiny.config());
            Map<String, WeightMatrix> matrices = WeightsTests.matrices(weights);
            WeightsTests.matrices(tiny)
                    .forEach((place, matrix) -> assertThat(WeightsTests.decoded(matrices.get(place)))
                            .as(place)
                            .isEqualTo(WeightsTests.decoded(matrix)));
            Map<String, WeightVector> vectors = WeightsTests.vectors(weights);
            WeightsTests.vectors(tiny)
                    .forEach((place, vector) ->
                            assertThat(vectors.get(place).read()).as(place).isEqualTo(vector.read()));
        }
    }

    /** The tiny model as derivatives with BF16 experts keep it: (E, inputs, outputs). */
    private static SafetensorsFile dequantized(Weights tiny) {
        ModelConfig config = tiny.config();
        var file = new SafetensorsFile();
        file.add("model.embed_tokens.weight", tiny.embedding());
        file.add("lm_head.weight", tiny.head());
        file.add("model.norm.weight", tiny.finalNorm().read());
        for (int l = 0; l < config.layers(); l++) {
            String at = "model.layers." + l + ".";
            LayerWeights layer = tiny.layer(l);
            file.add(at + "input_layernorm.weight", layer.attentionNorm().read());
            file.add(at + "post_attention_layernorm.weight", layer.mlpNorm().read());
            file.add(at + "self_attn.sinks", layer.sinks().read());
            var linears = new LinkedHashMap<String, Linear>();
            linears.put("self_attn.q_proj", layer.query());
            linears.put("self_attn.k_proj", layer.key());
            linears.put("self_attn.v_proj", layer.value());
            linears.put("self_attn.o_proj", layer.output());
            linears.put("mlp.router", layer.router());
            linears.forEach((name, linear) -> {
                file.add(at + name + ".weight", linear.weight());
                file.add(at + name + ".bias", linear.bias().read());
            });
            experts(file, at + "mlp.experts.", layer.experts(), config);
        }
        return file;
    }

    private static void experts(SafetensorsFile file, String at, List<ExpertWeights> experts, ModelConfig config) {
        int hidden = config.hiddenSize();
        int inner = config.intermediateSize();
        float[] gateUp = new float[experts.size() * hidden * 2 * inner];
        float[] gateUpBias = new float[experts.size() * 2 * inner];
        float[] down = new float[experts.size() * inner * hidden];
        float[] downBias = new float[experts.size() * hidden];
        for (int e = 0; e < experts.size(); e++) {
            ExpertWeights expert = experts.get(e);
            place(expert.gate(), gateUp, gateUpBias, e, 0, 2, 2 * inner);
            place(expert.up(), gateUp, gateUpBias, e, 1, 2, 2 * inner);
            place(expert.down(), down, downBias, e, 0, 1, hidden);
        }
        long count = experts.size();
        file.add(at + "gate_up_proj", List.of(count, (long) hidden, 2L * inner), gateUp);
        file.add(at + "gate_up_proj_bias", List.of(count, 2L * inner), gateUpBias);
        file.add(at + "down_proj", List.of(count, (long) inner, (long) hidden), down);
        file.add(at + "down_proj_bias", List.of(count, (long) hidden), downBias);
    }

    private static void place(Linear linear, float[] to, float[] biasTo, int e, int first, int stride, int outputs) {
        float[] values = WeightsTests.decoded(linear.weight());
        float[] bias = linear.bias().read();
        int inputs = linear.weight().columns();
        for (int r = 0; r < linear.weight().rows(); r++) {
            for (int i = 0; i < inputs; i++) {
                to[(e * inputs + i) * outputs + first + r * stride] = values[r * inputs + i];
            }
            biasTo[e * outputs + first + r * stride] = bias[r];
        }
    }

    /** BF16 tensors of one file. */
    private static final class SafetensorsFile {
        private final SafetensorsHeaderWriter header = new SafetensorsHeaderWriter();
        private final List<byte[]> data = new ArrayList<>();

        void add(String name, WeightMatrix matrix) {
            add(name, List.of((long) matrix.rows(), (long) matrix.columns()), WeightsTests.decoded(matrix));
        }

        void add(String name, float[] vector) {
            add(name, List.of((long) vector.length), vector);
        }

        void add(String name, List<Long> shape, float[] values) {
            header.tensor(name, "BF16", shape);
            ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            }
            data.add(bytes.array());
        }

        void write(Path path) throws IOException {
            var all = new ByteArrayOutputStream();
            all.writeBytes(header.header());
            data.forEach(all::writeBytes);
            Files.write(path, all.toByteArray());
        }
    }
}
