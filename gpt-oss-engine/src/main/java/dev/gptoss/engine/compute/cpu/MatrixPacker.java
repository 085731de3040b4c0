package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongFunction;

/** Chooses formats and kernels for weights, and lays out their tiles. */
final class MatrixPacker {

    private final Kernels kernels;
    private final Precision precision;
    private final LongFunction<MemorySegment> memory;

    /** @param memory gives zeroed off-heap memory, aligned to 64 bytes, that lives as long as the matrices */
    MatrixPacker(Kernels kernels, Precision precision, LongFunction<MemorySegment> memory) {
        this.kernels = kernels;
        this.precision = precision;
        this.memory = memory;
    }

    /** y = W x + b. */
    Packing linear(Linear linear) {
        return linear(linear.weight(), linear.bias().read());
    }

    /** y = W x. */
    Packing linear(WeightMatrix weight) {
        return linear(weight, new float[weight.rows()]);
    }

    private Packing linear(WeightMatrix weight, float[] bias) {
        int groups = Math.ceilDiv(weight.rows(), TileFormat.GROUP_ROWS);
        var epilogue = new LinearEpilogue(kernels.elements(), Arrays.copyOf(bias, groups * TileFormat.GROUP_ROWS));
        return packing(weight, weight, groups, TileFormat.GROUP_ROWS, epilogue);
    }

    /**
     * y = SwiGLU(gate x + b, up x + b').
     *
     * @throws IllegalArgumentException if gate and up are stored in different types or shapes
     */
    Packing swiglu(Linear gate, Linear up, float alpha, float limit) {
        WeightMatrix weight = gate.weight();
        if (weight.type() != up.weight().type()
                || weight.rows() != up.weight().rows()
                || weight.columns() != up.weight().columns()) {
            throw new IllegalArgumentException(weight.name() + " (" + weight.type() + ", " + weight.rows() + " x "
                    + weight.columns() + ") and " + up.weight().name() + " ("
                    + up.weight().type() + ", "
                    + up.weight().rows() + " x " + up.weight().columns() + ") must have one type and shape");
        }
        int half = TileFormat.LINE_INTS;
        int groups = Math.ceilDiv(weight.rows(), half);
        var bias = new float[groups * TileFormat.GROUP_ROWS];
        float[] gates = gate.bias().read();
        float[] ups = up.bias().read();
        for (int r = 0; r < weight.rows(); r++) {
            int at = r / half * TileFormat.GROUP_ROWS + r % half;
            bias[at] = gates[r];
            bias[at + half] = ups[r];
        }
        return packing(weight, up.weight(), groups, half, new SwigluEpilogue(kernels.elements(), bias, alpha, limit));
    }

    private Packing packing(WeightMatrix first, WeightMatrix second, int groups, int rowsPerGroup, Epilogue epilogue) {
        TileFormat format = TileFormat.of(first.type());
        boolean quantised = readsQuantised(first.type(), precision);
        MemorySegment data = memory.apply(bytes(format, groups, first.columns()));
        var matrix = new PackedTiles(
                format,
                kernels.tile(format, quantised),
                epilogue,
                data,
                first.rows(),
                first.columns(),
                rowsPerGroup,
                quantised);
        return new Packing(matrix, format, data, first, second);
    }

    /** Whether products with weights of {@code type} use integer activations; a type whose F32 kernel is memory bound does not. */
    static boolean readsQuantised(TensorType type, Precision precision) {
        return precision == Precision.FAST && type == TensorType.MXFP4;
    }

    /** Bytes that {@link #linear} will take for a matrix. */
    static long linearBytes(WeightMatrix weight) {
        return bytes(
                TileFormat.of(weight.type()), Math.ceilDiv(weight.rows(), TileFormat.GROUP_ROWS), weight.columns());
    }

    /** Bytes that {@link #swiglu} will take for a pair. */
    static long swigluBytes(WeightMatrix gate) {
        return bytes(TileFormat.of(gate.type()), Math.ceilDiv(gate.rows(), TileFormat.LINE_INTS), gate.columns());
    }

    private static long bytes(TileFormat format, int groups, int columns) {
        return format.unitBytes(1) * TileFormat.units(columns) * format.laidOut(groups);
    }
}
