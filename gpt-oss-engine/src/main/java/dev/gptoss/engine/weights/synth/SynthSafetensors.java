package dev.gptoss.engine.weights.synth;

import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.safetensors.SafetensorsHeaderWriter;
import dev.gptoss.engine.weights.synth.Contents.Mxfp4Blocks;
import dev.gptoss.engine.weights.tensor.Mxfp4;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Hugging Face folder of the same model that {@link SynthGguf} writes with BF16. */
final class SynthSafetensors {
    private final SyntheticModel model;
    private final ModelConfig config;
    private final Contents contents;
    private final SafetensorsHeaderWriter header = new SafetensorsHeaderWriter();
    private final TensorPlan plan = new TensorPlan();

    private SynthSafetensors(SyntheticModel model, Contents contents) {
        this.model = model;
        this.config = model.config();
        this.contents = contents;
    }

    static List<DataFile> files(SyntheticModel model, Contents contents, Path folder) throws IOException {
        Files.createDirectories(folder);
        var safetensors = new SynthSafetensors(model, contents);
        safetensors.tensors();
        byte[] json = ConfigWriter.json(model.config());
        return List.of(
                new DataFile(folder.resolve("config.json"), json, List.of(), 0),
                safetensors.file(folder.resolve("model.safetensors")));
    }

    private void tensors() {
        int hidden = config.hiddenSize();
        dense("model.embed_tokens", "token_embd", config.vocabulary(), hidden, Gain.EMBEDDING * Math.sqrt(hidden));
        for (int layer = 0; layer < config.layers(); layer++) {
            layer("model.layers." + layer + ".", "blk." + layer + ".");
        }
        vector("model.norm.weight", "output_norm.weight", hidden, Gain.NORM_MEAN, Gain.NORM);
        dense("lm_head", "output", config.vocabulary(), hidden, Gain.HEAD);
    }

    private void layer(String at, String seed) {
        int hidden = config.hiddenSize();
        int queries = config.queryWidth();
        int keys = config.keyValueWidth();
        vector(at + "input_layernorm.weight", seed + "attn_norm.weight", hidden, Gain.NORM_MEAN, Gain.NORM);
        linear(at + "self_attn.q_proj", seed + "attn_q", queries, hidden, Gain.QUERY_KEY, Gain.BIAS);
        linear(at + "self_attn.k_proj", seed + "attn_k", keys, hidden, Gain.QUERY_KEY, Gain.BIAS);
        linear(at + "self_attn.v_proj", seed + "attn_v", keys, hidden, Gain.VALUE, Gain.BIAS);
        linear(at + "self_attn.o_proj", seed + "attn_output", hidden, queries, Gain.ATTENTION_OUTPUT, Gain.OUTPUT_BIAS);
        vector(at + "self_attn.sinks", seed + "attn_sinks.weight", config.heads(), 0, Gain.SINK);
        vector(
                at + "post_attention_layernorm.weight",
                seed + "post_attention_norm.weight",
                hidden,
                Gain.NORM_MEAN,
                Gain.NORM);
        String router = seed + "ffn_gate_inp";
        add(
                at + "mlp.router.weight",
                List.of(config.experts(), hidden),
                contents.bfloats(router + ".weight", hidden, 0, Contents.deviation(hidden, Gain.ROUTER)),
                false);
        vector(at + "mlp.router.bias", router + ".bias", config.experts(), 0, Gain.BIAS);
        gateUp(at + "mlp.experts.gate_up_proj", seed);
        down(at + "mlp.experts.down_proj", seed);
    }

    private void gateUp(String name, String seed) {
        int inner = config.intermediateSize();
        int hidden = config.hiddenSize();
        Mxfp4Blocks gate = contents.mxfp4(seed + "ffn_gate_exps.weight", hidden, Gain.GATE_UP);
        Mxfp4Blocks up = contents.mxfp4(seed + "ffn_up_exps.weight", hidden, Gain.GATE_UP);
        // Row 2r is gate row r, row 2r + 1 up row r; two experts never share a pair.
        mxfp4(name, 2 * inner, hidden, row -> row % 2 == 0 ? gate : up, row -> row / 2);
        RowFiller gateBias = contents.bfloats(seed + "ffn_gate_exps.bias", 1, 0, Gain.BIAS);
        RowFiller upBias = contents.bfloats(seed + "ffn_up_exps.bias", 1, 0, Gain.BIAS);
        int pair = 2 * inner;
        add(
                name + "_bias",
                List.of(config.experts(), pair),
                (first, count, out) -> {
                    for (int i = 0; i < count * pair; i++) {
                        long index = first * pair + i;
                        (index % 2 == 0 ? gateBias : upBias).fill(index / 2, 1, out.asSlice(2L * i, 2));
                    }
                },
                false);
    }

    private void down(String name, String seed) {
        int hidden = config.hiddenSize();
        Mxfp4Blocks down = contents.mxfp4(seed + "ffn_down_exps.weight", config.intermediateSize(), Gain.DOWN);
        mxfp4(name, hidden, config.intermediateSize(), row -> down, row -> row);
        add(
                name + "_bias",
                List.of(config.experts(), hidden),
                contents.bfloats(seed + "ffn_down_exps.bias", hidden, 0, Gain.OUTPUT_BIAS),
                false);
    }

    private interface BlocksOfRow {
        Mxfp4Blocks of(long row);
    }

    private interface SourceRow {
        long of(long row);
    }

    private void mxfp4(String name, int rows, int columns, BlocksOfRow blocks, SourceRow source) {
        int groups = columns / Mxfp4.VALUES;
        int codeBytes = groups * Mxfp4.CODE_BYTES;
        RowFiller codes = (first, count, out) -> {
            for (int i = 0; i < count; i++) {
                long block = source.of(first + i) * groups;
                for (int g = 0; g < groups; g++) {
                    blocks.of(first + i).codes(block + g, out, (long) i * codeBytes + (long) g * Mxfp4.CODE_BYTES);
                }
            }
        };
        RowFiller scales = (first, count, out) -> {
            for (int i = 0; i < count; i++) {
                scaleRow(blocks.of(first + i), source.of(first + i) * groups, out.asSlice((long) i * groups, groups));
            }
        };
        int experts = config.experts();
        add(
                name + "_blocks",
                experts * (long) rows,
                codeBytes,
                List.of(experts, rows, groups, Mxfp4.CODE_BYTES),
                codes);
        add(name + "_scales", experts * (long) rows, groups, List.of(experts, rows, groups), scales);
    }

    private static void scaleRow(Mxfp4Blocks blocks, long first, MemorySegment out) {
        for (long g = 0; g < out.byteSize(); g++) {
            out.set(ValueLayout.JAVA_BYTE, g, blocks.scale(first + g));
        }
    }

    private void linear(String prefix, String seed, int rows, int columns, double gain, double bias) {
        dense(prefix, seed, rows, columns, gain);
        vector(prefix + ".bias", seed + ".bias", rows, 0, bias);
    }

    private void dense(String prefix, String seed, int rows, int columns, double gain) {
        RowFiller filler = contents.bfloats(seed + ".weight", columns, 0, Contents.deviation(columns, gain));
        add(prefix + ".weight", List.of(rows, columns), filler, model.sparse());
    }

    private void vector(String name, String seed, int length, double mean, double deviation) {
        add(name, List.of(length), contents.bfloats(seed, length, mean, deviation), false);
    }

    /** A tensor of BF16 rows. */
    private void add(String name, List<Integer> shape, RowFiller filler, boolean isHole) {
        long columns = shape.getLast();
        long rows = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact) / columns;
        header.tensor(name, "BF16", shape.stream().map(Integer::longValue).toList());
        plan.add(rows, columns * Short.BYTES, filler, isHole);
    }

    /** A tensor of bytes. */
    private void add(String name, long rows, long rowBytes, List<Integer> shape, RowFiller filler) {
        header.tensor(name, "U8", shape.stream().map(Integer::longValue).toList());
        plan.add(rows, rowBytes, filler, model.sparse());
    }

    private DataFile file(Path path) {
        return new DataFile(path, header.header(), plan.placed(header.offsets()), header.dataBytes());
    }
}
