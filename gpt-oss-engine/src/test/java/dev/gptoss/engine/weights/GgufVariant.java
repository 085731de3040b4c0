package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.gguf.GgufHeaderWriter;
import dev.gptoss.engine.weights.tensor.Mxfp4;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes a model as one of the GGUF dialects in circulation. */
final class GgufVariant {
    enum GateUp {
        APART,
        STACKED,
        INTERLEAVED
    }

    private static final int PAIRED_MXFP4_ID = 4;

    private final Weights model;
    private final ModelConfig config;
    private String architecture = "gpt-oss";
    private boolean isOllama;
    private boolean fusesQkv;
    private GateUp gateUp = GateUp.APART;

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String name, int typeId, List<Long> shape, byte[] bytes) {}

    GgufVariant(Weights model) {
        this.model = model;
        this.config = model.config();
    }

    GgufVariant fusedQkv() {
        fusesQkv = true;
        return this;
    }

    GgufVariant gateUp(GateUp placement) {
        gateUp = placement;
        return this;
    }

    /** Names, missing keys, type 4 and BF16 biases of the first Ollama files. */
    GgufVariant ollama() {
        architecture = "gptoss";
        isOllama = true;
        return this;
    }

    /** One file. */
    void write(Path path) throws IOException {
        collect();
        write(path, entries, header -> {});
    }

    /** {@code parts} files beside each other. Returns the first. */
    Path writeSplit(Path folder, int parts) throws IOException {
        collect();
        int share = Math.ceilDiv(entries.size(), parts);
        for (int i = 0; i < parts; i++) {
            int number = i;
            write(
                    folder.resolve("tiny-%05d-of-%05d.gguf".formatted(i + 1, parts)),
                    entries.subList(i * share, Math.min(entries.size(), (i + 1) * share)),
                    header -> header.count("split.no", number)
                            .count("split.count", parts)
                            .count("split.tensors.count", entries.size()));
        }
        return folder.resolve("tiny-00001-of-%05d.gguf".formatted(parts));
    }

    private void write(Path path, List<Entry> part, Consumer<GgufHeaderWriter> extra) throws IOException {
        var header = new GgufHeaderWriter();
        metadata(header);
        extra.accept(header);
        part.forEach(e -> header.tensor(e.name(), e.typeId(), e.bytes().length, e.shape()));
        byte[] data = new byte[(int) header.dataBytes()];
        for (int i = 0; i < part.size(); i++) {
            byte[] bytes = part.get(i).bytes();
            System.arraycopy(bytes, 0, data, header.offsets().get(i).intValue(), bytes.length);
        }
        var file = new ByteArrayOutputStream();
        file.writeBytes(header.header());
        file.writeBytes(data);
        Files.write(path, file.toByteArray());
    }

    private void metadata(GgufHeaderWriter header) {
        String key = architecture + ".";
        header.text("general.architecture", architecture)
                .count(key + "block_count", config.layers())
                .count(key + "context_length", config.maxContext())
                .count(key + "embedding_length", config.hiddenSize())
                .count(key + "attention.head_count", config.heads())
                .count(key + "attention.head_count_kv", config.kvHeads())
                .count(key + "attention.key_length", config.headDim())
                .count(key + "attention.value_length", config.headDim())
                .number(key + "attention.layer_norm_rms_epsilon", config.rmsNormEps())
                .count(key + "attention.sliding_window", config.slidingWindow())
                .count(key + "expert_count", config.experts())
                .count(key + "expert_used_count", config.expertsPerToken())
                .number(key + "rope.freq_base", (float) config.rope().theta())
                .number(key + "rope.scaling.factor", (float) config.rope().factor())
                .count(
                        key + "rope.scaling.original_context_length",
                        config.rope().originalContext())
                .texts("tokenizer.ggml.tokens", config.vocabulary(), i -> "token " + i);
        if (!isOllama) {
            header.count(key + "expert_feed_forward_length", config.intermediateSize())
                    .text(key + "rope.scaling.type", "yarn");
        }
    }

    private void collect() {
        matrix("token_embd.weight", model.embedding());
        vector("output_norm.weight", model.finalNorm());
        matrix("output.weight", model.head());
        for (int l = 0; l < config.layers(); l++) {
            layer("blk." + l + ".", model.layer(l));
        }
    }

    private void layer(String at, LayerWeights layer) {
        vector(at + "attn_norm.weight", layer.attentionNorm());
        if (fusesQkv) {
            linears(at + "attn_qkv", List.of(layer.query(), layer.key(), layer.value()), false);
        } else {
            linears(at + "attn_q", List.of(layer.query()), false);
            linears(at + "attn_k", List.of(layer.key()), false);
            linears(at + "attn_v", List.of(layer.value()), false);
        }
        linears(at + (isOllama ? "attn_out" : "attn_output"), List.of(layer.output()), false);
        vector(at + (isOllama ? "attn_sinks" : "attn_sinks.weight"), layer.sinks());
        vector(at + (isOllama ? "ffn_norm.weight" : "post_attention_norm.weight"), layer.mlpNorm());
        linears(at + "ffn_gate_inp", List.of(layer.router()), false);
        experts(at, layer.experts());
    }

    private void experts(String at, List<ExpertWeights> experts) {
        List<Linear> gates = experts.stream().map(ExpertWeights::gate).toList();
        List<Linear> ups = experts.stream().map(ExpertWeights::up).toList();
        if (gateUp == GateUp.APART) {
            linears(at + "ffn_gate_exps", gates, true);
            linears(at + "ffn_up_exps", ups, true);
        } else {
            var rows = new ArrayList<byte[]>();
            var biases = new ArrayList<Float>();
            int inner = config.intermediateSize();
            for (ExpertWeights expert : experts) {
                for (int r = 0; r < 2 * inner; r++) {
                    boolean isGate = gateUp == GateUp.STACKED ? r < inner : r % 2 == 0;
                    int row = gateUp == GateUp.STACKED ? r % inner : r / 2;
                    Linear part = isGate ? expert.gate() : expert.up();
                    rows.add(rows(part.weight(), row, 1));
                    biases.add(part.bias().read()[row]);
                }
            }
            entries.add(new Entry(
                    at + "ffn_gate_up_exps.weight",
                    typeId(TensorType.MXFP4),
                    List.of((long) experts.size(), 2L * inner, (long) config.hiddenSize()),
                    joined(rows)));
            bias(at + "ffn_gate_up_exps.bias", biases, List.of((long) experts.size(), 2L * inner));
        }
        linears(at + "ffn_down_exps", experts.stream().map(ExpertWeights::down).toList(), true);
    }

    /** Several matrices under one name: rows stacked, or an extent in front. */
    private void linears(String prefix, List<Linear> linears, boolean isStack) {
        WeightMatrix first = linears.getFirst().weight();
        long rows = isStack
                ? first.rows()
                : linears.stream().mapToLong(linear -> linear.weight().rows()).sum();
        var biases = new ArrayList<Float>();
        for (Linear linear : linears) {
            for (float b : linear.bias().read()) {
                biases.add(b);
            }
        }
        List<Long> extents = isStack
                ? List.of((long) linears.size(), rows, (long) first.columns())
                : List.of(rows, (long) first.columns());
        entries.add(new Entry(
                prefix + ".weight",
                typeId(first.type()),
                extents,
                joined(linears.stream()
                        .map(linear -> rows(linear.weight(), 0, linear.weight().rows()))
                        .toList())));
        bias(prefix + ".bias", biases, extents.subList(0, extents.size() - 1));
    }

    private void matrix(String name, WeightMatrix matrix) {
        entries.add(new Entry(
                name,
                typeId(matrix.type()),
                List.of((long) matrix.rows(), (long) matrix.columns()),
                rows(matrix, 0, matrix.rows())));
    }

    private void vector(String name, WeightVector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector.read()) {
            bytes.putFloat(value);
        }
        entries.add(new Entry(name, 0, List.of((long) vector.length()), bytes.array()));
    }

    private void bias(String name, List<Float> values, List<Long> shape) {
        int bytes = isOllama ? 2 : 4;
        ByteBuffer stored = ByteBuffer.allocate(bytes * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (isOllama) {
                stored.putShort((short) (Float.floatToRawIntBits(value) >>> 16)); // from BF16, so nothing is lost
            } else {
                stored.putFloat(value);
            }
        }
        entries.add(new Entry(name, isOllama ? TensorType.BF16.ggufId() : 0, shape, stored.array()));
    }

    private int typeId(TensorType type) {
        return type == TensorType.MXFP4 && isOllama ? PAIRED_MXFP4_ID : type.ggufId();
    }

    private byte[] rows(WeightMatrix matrix, int first, int count) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(count * matrix.rowBytes());
            matrix.readRows(first, count, rows);
            byte[] bytes = rows.toArray(ValueLayout.JAVA_BYTE);
            if (matrix.type() == TensorType.MXFP4 && isOllama) {
                for (int block = 0; block < bytes.length; block += Mxfp4.BLOCK_BYTES) {
                    ggmlToPaired(bytes, block + 1);
                }
            }
            return bytes;
        }
    }

    private static void ggmlToPaired(byte[] bytes, int at) {
        byte[] codes = new byte[32];
        for (int j = 0; j < 16; j++) {
            codes[j] = (byte) (bytes[at + j] & 15);
            codes[j + 16] = (byte) (bytes[at + j] >> 4 & 15);
        }
        for (int b = 0; b < 16; b++) {
            bytes[at + b] = (byte) (codes[2 * b] | codes[2 * b + 1] << 4);
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
