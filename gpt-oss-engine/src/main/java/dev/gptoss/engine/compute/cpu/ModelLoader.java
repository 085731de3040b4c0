package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.LoadTeam;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.cache.PackedCache;
import dev.gptoss.engine.weights.ExpertWeights;
import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packs a model into off-heap tiles: sources are read in pieces, by all members, and never held whole. */
final class ModelLoader {

    /** Source bytes of a piece of work: large enough for sequential reads, small enough to cancel and to share out. */
    private static final long PIECE = 8 << 20;

    private final Weights weights;
    private final MatrixPacker packer;
    private final OffHeap memory;
    private final LoadTeam team;
    private final @Nullable PackedCache cache;
    private final List<MemorySegment> parts = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private long total;

    private interface Piece {
        /** Returns the source bytes it read. */
        long load(Arena buffers);
    }

    ModelLoader(
            Weights weights,
            Kernels kernels,
            Precision precision,
            OffHeap memory,
            LoadTeam team,
            @Nullable PackedCache cache) {
        this.weights = weights;
        this.packer = new MatrixPacker(kernels, precision, this::allocateWeights);
        this.memory = memory;
        this.team = team;
        this.cache = cache;
    }

    /** Bytes that the packed model will take. */
    static long byteSize(Weights weights) {
        return weights.embedding().byteSize() + packedBytes(weights);
    }

    private static int matrices(ModelConfig config) {
        return 1 + config.layers() * (5 + 2 * config.experts());
    }

    private static long packedBytes(Weights weights) {
        ModelConfig config = weights.config();
        long bytes = MatrixPacker.linearBytes(weights.head());
        for (int l = 0; l < config.layers(); l++) {
            LayerWeights layer = weights.layer(l);
            bytes += MatrixPacker.linearBytes(layer.query().weight())
                    + MatrixPacker.linearBytes(layer.key().weight())
                    + MatrixPacker.linearBytes(layer.value().weight())
                    + MatrixPacker.linearBytes(layer.output().weight())
                    + MatrixPacker.linearBytes(layer.router().weight());
            for (ExpertWeights expert : layer.experts()) {
                bytes += MatrixPacker.swigluBytes(expert.gate().weight())
                        + MatrixPacker.linearBytes(expert.down().weight());
            }
        }
        return bytes;
    }

    CpuModel load() {
        ModelConfig config = weights.config();
        memory.reserveWeights(packedBytes(weights), matrices(config));
        var embedding = embedding(weights.embedding());
        var layers = new CpuLayer[config.layers()];
        for (int l = 0; l < layers.length; l++) {
            layers[l] = layer(config, l, weights.layer(l));
        }
        PackedMatrix head = add(packer.linear(weights.head()));
        float[] finalNorm = weights.finalNorm().read();
        fill();
        return new CpuModel(config, embedding, layers, finalNorm, head);
    }

    private MemorySegment allocateWeights(long bytes) {
        MemorySegment part = memory.allocateWeights(bytes);
        parts.add(part);
        return part;
    }

    /** Fills what was allocated: from the cache where that has it, else from the model. */
    private void fill() {
        if (cache != null && cache.read(parts, team)) {
            return;
        }
        team.run(pieces.size(), total, this::load);
        if (cache != null) {
            cache.write(parts, team);
        }
    }

    private CpuLayer layer(ModelConfig config, int index, LayerWeights layer) {
        int experts = config.experts();
        var gateUp = new PackedMatrix[experts];
        var down = new PackedMatrix[experts];
        PackedMatrix query = add(packer.linear(layer.query()));
        PackedMatrix key = add(packer.linear(layer.key()));
        PackedMatrix value = add(packer.linear(layer.value()));
        PackedMatrix output = add(packer.linear(layer.output()));
        PackedMatrix router = add(packer.linear(layer.router()));
        for (int e = 0; e < experts; e++) {
            ExpertWeights expert = layer.experts().get(e);
            gateUp[e] = add(packer.swiglu(expert.gate(), expert.up(), config.swigluAlpha(), config.swigluLimit()));
            down[e] = add(packer.linear(expert.down()));
        }
        return new CpuLayer(
                config.slides(index),
                layer.attentionNorm().read(),
                query,
                key,
                value,
                layer.sinks().read(),
                output,
                layer.mlpNorm().read(),
                router,
                gateUp,
                down);
    }

    private EmbeddingRows embedding(WeightMatrix matrix) {
        MemorySegment rows = memory.allocate(matrix.byteSize());
        parts.add(rows);
        int step = (int) Math.clamp(PIECE / matrix.rowBytes(), 1, matrix.rows());
        for (int row = 0; row < matrix.rows(); row += step) {
            int first = row;
            int count = Math.min(step, matrix.rows() - row);
            addPiece(count * matrix.rowBytes(), buffers -> {
                long bytes = count * matrix.rowBytes();
                matrix.readRows(first, count, rows.asSlice(first * matrix.rowBytes(), bytes));
                return bytes;
            });
        }
        return new EmbeddingRows(matrix.type(), rows, matrix.columns());
    }

    private PackedMatrix add(Packing packing) {
        int tiles = packing.tiles();
        long perTile = Math.max(1, packing.sourceBytes(0, tiles) / tiles);
        int step = (int) Math.clamp(PIECE / perTile, 1, tiles);
        for (int tile = 0; tile < tiles; tile += step) {
            int begin = tile;
            int end = Math.min(tile + step, tiles);
            addPiece(packing.sourceBytes(begin, end), buffers -> {
                packing.pack(begin, end, buffers.allocate(packing.bufferBytes(), 64));
                return packing.sourceBytes(begin, end);
            });
        }
        return packing.matrix();
    }

    private void addPiece(long bytes, Piece piece) {
        pieces.add(piece);
        total += bytes;
    }

    private long load(int piece) {
        try (var buffers = Arena.ofConfined()) {
            return pieces.get(piece).load(buffers);
        }
    }
}
