package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.weights.gguf.GgufHeaderWriter;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that a damaged or hostile file is one clear error that names the place. */
class HostileFileTests {
    @TempDir
    Path folder;

    @Test
    void nothingThereNamesWhatWasLookedFor() {
        assertFails(folder, "holds no model", "config.json", "*.gguf", "original/");
        assertFails(folder.resolve("absent"), "does not exist");
    }

    @Test
    void missingConfigIsNamed() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        Files.delete(folder.resolve("config.json"));
        assertFails(folder, "no config.json");
    }

    @Test
    void severalModelsInAFolderAreNamed() throws IOException {
        Files.copy(TinyModel.mixedGguf(), folder.resolve("a.gguf"));
        Files.copy(TinyModel.mixedGguf(), folder.resolve("b.gguf"));
        assertFails(folder, "several GGUF models", "a.gguf", "b.gguf");
    }

    @Test
    void missingShardIsNamed() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        Files.delete(folder.resolve("model-00001-of-00001.safetensors"));
        assertFails(folder, "model-00001-of-00001.safetensors does not exist");
    }

    @Test
    void shardThatEndsEarlyIsNamed() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        truncate(folder.resolve("model-00001-of-00001.safetensors"), 1);
        assertFails(folder, "model-00001-of-00001.safetensors", "the file has", "fetch it again");
    }

    @Test
    void shardsBehindPathsAreRefused() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("model.safetensors.index.json", json -> json.replace("model-00001-of", "../model-00001-of"));
        assertFails(folder, "model.safetensors.index.json", "../model-00001-of", "same folder");
    }

    @Test
    void indexThatNamesAnAbsentTensorIsRefused() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("model.safetensors.index.json", json -> json.replace("lm_head.weight", "lm_tail.weight"));
        assertFails(folder, "model.safetensors.index.json", "lm_tail.weight", "no such tensor");
    }

    @Test
    void shapeOfAnotherModelNamesBothShapes() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("config.json", json -> json.replace("\"num_local_experts\": 8", "\"num_local_experts\": 9"));
        assertFails(folder, "model.layers.0.mlp.router.weight", "(8, 96)", "expected (9, 96)");
    }

    @Test
    void missingTensorIsNamedWithItsShape() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit(
                "config.json",
                json -> json.replace("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 5")
                        .replace("\"layer_types\": [", "\"layer_types\": [ \"full_attention\","));
        assertFails(folder, "no tensor model.layers.4.", "input_layernorm.weight", "(96)");
    }

    @Test
    void allFaultsOfAConfigurationAreToldAtOnce() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit(
                "config.json",
                json -> json.replace("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3")
                        .replace("\"head_dim\": 64", "\"head_dim\": 63")
                        .replace("\"factor\": 32.0", "\"factor\": 0.5"));
        assertFails(folder, "config.json", "heads must be a multiple", "head size must be even", "YaRN factor");
    }

    @Test
    void configurationKeysAreTyped() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("config.json", json -> json.replace("\"hidden_size\": 96", "\"hidden_size\": \"96\""));
        assertFails(folder, "config.json", "hidden_size must be an integer", "\"96\"");
    }

    @Test
    void deeplyNestedConfigurationIsRefused() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("config.json", json -> "[".repeat(100_000));
        assertFails(folder, "config.json", "not valid JSON");
    }

    @Test
    void attentionFactorOfItsOwnIsRefused() throws IOException {
        TinyModel.copy(TinyModel.huggingFace(), folder);
        edit("config.json", json -> json.replace("\"factor\": 32.0", "\"factor\": 32.0, \"attention_factor\": 1.0"));
        assertFails(folder, "config.json", "rope_scaling.attention_factor is 1.0", "1.34");
    }

    @Test
    void overlappingTensorsAreRefused() throws IOException {
        safetensors("""
                {"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}""", 12);
        assertFails(folder, "model.safetensors", "b begins at byte", "overlap");
    }

    @Test
    void holesBetweenTensorsAreRefused() throws IOException {
        safetensors("""
                {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}""", 12);
        assertFails(folder, "b begins at byte", "holes");
    }

    @Test
    void sizesThatContradictShapesAreRefused() throws IOException {
        safetensors("""
                {"a":{"dtype":"BF16","shape":[3,3],"data_offsets":[0,12]}}""", 12);
        assertFails(folder, "a has 12 bytes", "BF16 of shape (3, 3) takes 18");
        safetensors("""
                {"a":{"dtype":"BF16","shape":[4294967296,4294967296,16],"data_offsets":[0,12]}}""", 12);
        assertFails(folder, "more than any file");
    }

    @Test
    void namesThatComeTwiceAreRefused() throws IOException {
        safetensors("""
                {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", 8);
        assertFails(folder, "a is there twice");
    }

    @Test
    void safetensorsHeaderBeyondTheFileIsRefused() throws IOException {
        Files.copy(TinyModel.huggingFace().resolve("config.json"), folder.resolve("config.json"));
        byte[] file = new byte[64];
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
        Files.write(folder.resolve("model.safetensors"), file);
        assertFails(folder, "model.safetensors", "18446744073709551615", "64");
    }

    @Test
    void wrongTypesOfExpertsAreNamed() throws IOException {
        TinyModel.copy(TinyModel.original(), folder);
        byte[] file = Files.readAllBytes(folder.resolve("model.safetensors"));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        String name = "\"block.0.mlp.mlp1_weight.scales\":{\"dtype\":\"";
        int at = text.indexOf(name) + name.length();
        assertThat(text.substring(at, at + 2)).isEqualTo("U8");
        file[at] = 'I';
        Files.write(folder.resolve("model.safetensors"), file);
        assertFails(folder, "block.0.mlp.mlp1_weight.scales", "type I8", "expected U8");
    }

    @Test
    void notANumberScaleIsAnErrorWhenItIsRead() throws IOException {
        byte[] file = Files.readAllBytes(TinyModel.mxfp4Gguf());
        try (Weights weights = Weights.open(TinyModel.mxfp4Gguf());
                var arena = Arena.ofConfined()) {
            WeightMatrix down = weights.layer(3).experts().get(7).down().weight();
            byte[] block = WeightsTests.bytes(down, arena).asSlice(0, 17).toArray(ValueLayout.JAVA_BYTE);
            file[indexOf(file, block)] = (byte) 255;
        }
        Path gguf = folder.resolve("nan.gguf");
        Files.write(gguf, file);
        assertReadFails(gguf, "nan.gguf", "blk.3.ffn_down_exps.weight", "255");
    }

    @Test
    void notANumberScaleIsFoundInSafetensorsToo() throws IOException {
        TinyModel.copy(TinyModel.original(), folder);
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher offsets = Pattern.compile("block\\.2\\.mlp\\.mlp1_weight\\.scales[^}]*data_offsets\":\\[(\\d+)")
                .matcher(text);
        assertThat(offsets.find()).isTrue();
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        bytes[(int) (8 + header) + Integer.parseInt(offsets.group(1))] = (byte) 255;
        Files.write(file, bytes);
        assertReadFails(folder, "model.safetensors", "block.2.mlp.mlp1_weight.scales", "255");
    }

    @Test
    void fileCutAfterOpeningIsATypedError() throws IOException {
        Path gguf = folder.resolve("cut.gguf");
        Files.copy(TinyModel.mxfp4Gguf(), gguf);
        try (Weights weights = Weights.open(gguf)) {
            truncate(gguf, 20_000);
            ExpertWeights last = weights.layer(3).experts().get(7);
            assertThatThrownBy(() -> WeightsTests.decoded(last.down().weight()))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll("cut.gguf", "ends at byte", "was cut");
        }
    }

    @Test
    void interruptEndsOneReaderAndNotTheOthers() {
        try (Weights weights = Weights.open(TinyModel.mxfp4Gguf())) {
            float[] before = WeightsTests.decoded(weights.embedding());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> WeightsTests.decoded(weights.embedding()))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(WeightsTests.decoded(weights.embedding())).isEqualTo(before);
        }
    }

    @Test
    void readAfterCloseIsRefused() {
        Weights weights = Weights.open(TinyModel.mxfp4Gguf());
        WeightVector norm = weights.finalNorm();
        weights.close();
        assertThatThrownBy(norm::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void otherArchitecturesAndFormatsAreNamed() throws IOException {
        Path gguf = folder.resolve("model.gguf");
        Files.write(
                gguf,
                new GgufHeaderWriter().text("general.architecture", "llama").header());
        assertFails(gguf, "model.gguf", "general.architecture is llama", "gpt-oss");
        Files.writeString(gguf, "GPT-OSS v1.0");
        assertFails(gguf, "does not begin with \"GGUF\"");
        Files.write(gguf, new byte[] {'G', 'G', 'U', 'F', 0, 0, 0, 3});
        assertFails(gguf, "big-endian");
        Files.write(gguf, new byte[] {'G', 'G', 'U', 'F', 1, 0, 0, 0});
        assertFails(gguf, "version 1", "expected 2 or 3");
    }

    @Test
    void countsBeyondTheFileAreRefused() throws IOException {
        byte[] file = Files.readAllBytes(TinyModel.mxfp4Gguf());
        Path gguf = folder.resolve("counts.gguf");
        for (int position : List.of(8, 16)) {
            byte[] copy = file.clone();
            ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putLong(position, Long.MAX_VALUE);
            Files.write(gguf, copy);
            assertFails(gguf, "counts.gguf", "declares 9223372036854775807", "bytes are left");
        }
    }

    @Test
    void nestedArraysEndSomewhere() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        file.putLong(1).put((byte) 'k').putInt(9);
        for (int depth = 0; depth < 50; depth++) {
            file.putInt(9).putLong(1);
        }
        Path gguf = folder.resolve("nested.gguf");
        Files.write(gguf, file.array());
        assertFails(gguf, "nested.gguf", "nests arrays deeper");
    }

    @Test
    void ggufTensorsBeyondTheFileAndUponEachOtherAreRefused() throws IOException {
        Path gguf = folder.resolve("tensors.gguf");
        var header = new GgufHeaderWriter().tensor("token_embd.weight", TensorType.F32, List.of(1000L, 32L));
        Files.write(gguf, header.header());
        assertFails(gguf, "token_embd.weight takes 128000 bytes", "0 bytes of data");

        var same = new GgufHeaderWriter()
                .tensor("a", 0, 0, List.of(64L)) // takes no room, so that b lies upon it
                .tensor("b", 0, 256, List.of(64L));
        byte[] head = same.header();
        byte[] file = Arrays.copyOf(head, head.length + 256);
        Files.write(gguf, file);
        assertFails(gguf, "overlaps");
    }

    @Test
    void unknownBlockTypesAreNamedWithTheSupportedOnes() throws IOException {
        Path gguf = folder.resolve("types.gguf");
        Files.write(
                gguf,
                new GgufHeaderWriter()
                        .tensor("token_embd.weight", 10, 84, List.of(256L))
                        .header());
        assertFails(gguf, "token_embd.weight has the ggml type 10", "MXFP4");
    }

    private void safetensors(String header, int dataBytes) throws IOException {
        Files.write(
                folder.resolve("config.json"),
                Files.readAllBytes(TinyModel.huggingFace().resolve("config.json")));
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        Files.write(folder.resolve("model.safetensors"), file.array());
    }

    private void edit(String name, UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve(name);
        String before = Files.readString(file);
        String after = change.apply(before);
        assertThat(after).as("the edit finds its place").isNotEqualTo(before);
        Files.writeString(file, after);
    }

    private static void truncate(Path file, int bytes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
    }

    private static int indexOf(byte[] all, byte[] part) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
        assertThat(at).isPositive();
        return at;
    }

    private static void assertFails(Path model, String... parts) {
        assertThatThrownBy(() -> Weights.open(model).close())
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll(parts);
    }

    private static void assertReadFails(Path model, String... parts) {
        try (Weights weights = Weights.open(model)) {
            assertThatThrownBy(() -> WeightsTests.matrices(weights).values().forEach(WeightsTests::decoded))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll(parts);
        }
    }
}
