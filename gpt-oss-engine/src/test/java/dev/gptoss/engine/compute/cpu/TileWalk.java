package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Multiplies one tile after the other of as many matrices as a benchmark wants, as a thread of a step does. */
final class TileWalk implements AutoCloseable {

    /** Columns, and rows of a matrix that is not to stay in the cache: those of an expert of the published models. */
    private static final int SIZE = 2880;

    private static final int TILE_ROWS = 64;

    private final OffHeap memory = new OffHeap();
    private final Scratch scratch = new Scratch();
    private final PackedMatrix[] matrices;
    private final Activations x;
    private final RowMap map;
    private final Destination y;
    private final long tileBytes;
    private int next;

    /** @param megabytes of weights, or 0 for one tile */
    TileWalk(Kernels kernels, TensorType type, Precision precision, int count, int megabytes) {
        var random = new Random(1);
        int rows = megabytes == 0 ? TILE_ROWS : SIZE;
        var weights = new Repeated(RandomMatrix.of(type, TILE_ROWS, SIZE, random), rows);
        var packer = new MatrixPacker(kernels, precision, memory::allocateWeights);
        matrices = new PackedMatrix[(int) Math.max(1, (megabytes << 20) / weights.byteSize())];
        try (var arena = Arena.ofConfined()) {
            for (int i = 0; i < matrices.length; i++) {
                Packing packing = packer.linear(weights);
                packing.pack(0, packing.tiles(), arena.allocate(packing.bufferBytes(), 64));
                matrices[i] = packing.matrix();
            }
        }
        tileBytes = matrices[0].byteSize() / matrices[0].tiles();
        x = new Activations(count, SIZE, matrices[0].readsQuantised(), false, kernels.elements());
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < SIZE; c++) {
                x.values()[row * x.stride() + c] = (float) random.nextGaussian();
            }
            x.prepare(row, 0, SIZE, scratch);
        }
        map = RowMap.identity(count);
        y = Destination.storing(new float[count * rows], rows);
    }

    /** Multiplies the next tile with all rows of activations. */
    float[] multiply(Rates rates) {
        int tiles = matrices[0].tiles();
        int tile = next % tiles;
        matrices[next / tiles].multiply(x, map, 0, x.rows(), y, tile, tile + 1, scratch);
        next = next + 1 < matrices.length * tiles ? next + 1 : 0;
        rates.weights += TILE_ROWS * SIZE;
        rates.flops += 2L * TILE_ROWS * SIZE * x.rows();
        rates.bytes += tileBytes;
        return y.values();
    }

    @Override
    public void close() {
        scratch.release();
        memory.close();
    }

    /** Few random rows again and again. */
    private record Repeated(RandomMatrix some, int rows) implements WeightMatrix {

        @Override
        public String name() {
            return some.name();
        }

        @Override
        public TensorType type() {
            return some.type();
        }

        @Override
        public int columns() {
            return some.columns();
        }

        @Override
        public void readRows(int firstRow, int count, MemorySegment destination) {
            some.readRows(firstRow % some.rows(), count, destination);
        }
    }
}
