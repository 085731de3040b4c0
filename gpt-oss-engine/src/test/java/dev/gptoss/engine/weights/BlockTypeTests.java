package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.weights.gguf.GgufHeaderWriter;
import dev.gptoss.engine.weights.tensor.BlockDecoder;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards that every matrix of a GGUF file, experts included, may have any block type. */
class BlockTypeTests {
    private static final int WIDTH = 256; // a super-block
    private static final int EXPERTS = 3;

    @TempDir
    Path folder;

    private final List<byte[]> data = new ArrayList<>();
    private final GgufHeaderWriter header = new GgufHeaderWriter();

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void everyMatrixMayHaveTheType(TensorType type) throws IOException {
        Path file = folder.resolve(type + ".gguf");
        write(file, type);
        byte[] bytes = Files.readAllBytes(file);
        int experts = indexOf(bytes, data.get(data.size() - 6)); // gate
        try (Weights weights = Weights.open(file)) {
            assertThat(weights.config().intermediateSize()).isEqualTo(WIDTH);
            assertThat(weights.embedding().type()).isEqualTo(type);
            assertThat(weights.layer(0).output().weight().type()).isEqualTo(type);
            WeightMatrix gate = weights.layer(0).experts().get(2).gate().weight();
            assertThat(gate.type()).isEqualTo(type);

            float[] found = new float[5 * WIDTH];
            gate.decodeRows(11, 5, found, 0);
            long row = type.bytes(WIDTH);
            float[] expected = new float[5 * WIDTH];
            BlockDecoder.decode(
                    type, MemorySegment.ofArray(bytes), experts + (2 * WIDTH + 11) * row, expected, 0, 5 * WIDTH);
            assertThat(found).isEqualTo(expected);

            try (var arena = Arena.ofConfined()) {
                MemorySegment stored = arena.allocate(5 * row);
                gate.readRows(11, 5, stored);
                MemorySegment inFile =
                        MemorySegment.ofArray(bytes).asSlice(experts + (2 * WIDTH + 11) * row, stored.byteSize());
                assertThat(stored.mismatch(inFile)).isEqualTo(-1);
            }
        }
    }

    private void write(Path file, TensorType type) throws IOException {
        String key = "gpt-oss.";
        header.text("general.architecture", "gpt-oss")
                .count(key + "block_count", 1)
                .count(key + "context_length", 512)
                .count(key + "embedding_length", WIDTH)
                .count(key + "attention.head_count", 4)
                .count(key + "attention.head_count_kv", 2)
                .count(key + "attention.key_length", 64)
                .count(key + "attention.sliding_window", 7)
                .count(key + "attention.sliding_window_pattern", 1)
                .count(key + "expert_count", EXPERTS)
                .count(key + "expert_used_count", 1);
        add("token_embd.weight", type, 19, WIDTH);
        add("output.weight", type, 19, WIDTH);
        add("output_norm.weight", TensorType.F32, WIDTH);
        String at = "blk.0.";
        add(at + "attn_norm.weight", TensorType.F32, WIDTH);
        add(at + "post_attention_norm.weight", TensorType.F32, WIDTH);
        add(at + "attn_sinks.weight", TensorType.F32, 4);
        linear(at + "attn_qkv", type, 256 + 2 * 128, WIDTH);
        linear(at + "attn_output", type, WIDTH, WIDTH);
        linear(at + "ffn_gate_inp", type, EXPERTS, WIDTH);
        linear(at + "ffn_gate_exps", type, EXPERTS, WIDTH, WIDTH);
        linear(at + "ffn_up_exps", type, EXPERTS, WIDTH, WIDTH);
        linear(at + "ffn_down_exps", type, EXPERTS, WIDTH, WIDTH);
        byte[] head = header.header();
        byte[] whole = Arrays.copyOf(head, head.length + (int) header.dataBytes());
        for (int i = 0; i < data.size(); i++) {
            byte[] bytes = data.get(i);
            System.arraycopy(
                    bytes, 0, whole, head.length + header.offsets().get(i).intValue(), bytes.length);
        }
        Files.write(file, whole);
    }

    private void linear(String prefix, TensorType type, long... shape) {
        add(prefix + ".weight", type, shape);
        add(prefix + ".bias", TensorType.F32, Arrays.copyOf(shape, shape.length - 1));
    }

    private void add(String name, TensorType type, long... shape) {
        List<Long> extents = Arrays.stream(shape).boxed().toList();
        header.tensor(name, type, extents);
        byte[] bytes = new byte[(int) type.bytes(extents.stream().reduce(1L, Math::multiplyExact))];
        var random = new SplittableRandom(data.size());
        for (int i = 0; i < bytes.length; i++) {
            // Below 0x70 no scale, of whatever width, is infinite or not a number.
            bytes[i] = (byte) random.nextInt(0x70);
        }
        data.add(bytes);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at <= all.length - part.length; at += 32) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalStateException("not in the file");
    }
}
