package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.WeightVector;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards the scalar kernels: they are what every other family has to equal. */
class PackedMatrixTests {

    private final Random random = new Random(7);
    private final Scratch scratch = new Scratch();

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void exactProductIsWithinRoundingOfTheDecodedWeights(TensorType type) {
        for (int[] shape : shapes(type)) {
            var weights = RandomMatrix.of(type, shape[0], shape[1], random);
            try (var arena = Arena.ofConfined()) {
                var packed = pack(weights, Precision.EXACT, arena);
                var x = activations(3, shape[1]);
                var y = new float[3 * shape[0]];
                packed.multiply(
                        x, RowMap.identity(3), 0, 3, Destination.storing(y, shape[0]), 0, packed.tiles(), scratch);
                assertThat(worstError(weights.decoded(), shape, x, y)).isLessThan(shape[1] * 0x1p-23);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void fastProductIsWithinTheStepOfItsActivations(TensorType type) {
        int[] shape = {70, 512};
        var weights = RandomMatrix.of(type, shape[0], shape[1], random);
        try (var arena = Arena.ofConfined()) {
            var packed = pack(weights, Precision.FAST, arena);
            var x = activations(2, shape[1]);
            var y = new float[2 * shape[0]];
            packed.multiply(x, RowMap.identity(2), 0, 2, Destination.storing(y, shape[0]), 0, packed.tiles(), scratch);
            assertThat(worstError(weights.decoded(), shape, x, y)).isLessThan(0.02);
        }
    }

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void rowsGoWhereTheMapSaysTimesTheirFactor(TensorType type) {
        int[] shape = {45, 256};
        var weights = RandomMatrix.of(type, shape[0], shape[1], random);
        try (var arena = Arena.ofConfined()) {
            var packed = pack(weights, Precision.EXACT, arena);
            var x = activations(3, shape[1]);
            var plain = new float[3 * shape[0]];
            packed.multiply(
                    x, RowMap.identity(3), 0, 3, Destination.storing(plain, shape[0]), 0, packed.tiles(), scratch);
            var map = new RowMap(4);
            map.set(1, 2, 0, 0.5f);
            map.set(2, 0, 3, 2);
            var y = new float[4 * 50];
            Arrays.fill(y, 1);
            packed.multiply(x, map, 1, 2, new Destination(y, 50, 5, true), 0, packed.tiles(), scratch);
            for (int r = 0; r < shape[0]; r++) {
                assertThat(y[5 + r]).isEqualTo(Math.fma(0.5f, plain[2 * shape[0] + r], 1));
                assertThat(y[3 * 50 + 5 + r]).isEqualTo(Math.fma(2, plain[r], 1));
                assertThat(y[50 + 5 + r]).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TensorType.class,
            names = {"MXFP4", "Q8_0", "BF16", "Q5_1"})
    void pairOfGateAndUpGivesSwiglu(TensorType type) {
        int rows = 40;
        int columns = 96;
        var gate = RandomMatrix.of(type, rows, columns, random);
        var up = RandomMatrix.of(type, rows, columns, random);
        var gateBias = new FixedVector(rows);
        var upBias = new FixedVector(rows);
        try (var arena = Arena.ofConfined()) {
            var packing = packer(Precision.EXACT, memory(arena))
                    .swiglu(new Linear(gate, gateBias), new Linear(up, upBias), 1.702f, 7);
            packing.pack(0, packing.tiles(), arena.allocate(packing.bufferBytes()));
            var packed = packing.matrix();
            var x = activations(2, columns);
            var y = new float[2 * rows];
            packed.multiply(x, RowMap.identity(2), 0, 2, Destination.storing(y, rows), 0, packed.tiles(), scratch);
            for (int t = 0; t < 2; t++) {
                for (int r = 0; r < rows; r++) {
                    double g = Math.min(dot(gate.decoded(), r, columns, x, t) + gateBias.read()[r], 7);
                    double u = Math.clamp(dot(up.decoded(), r, columns, x, t) + upBias.read()[r], -7, 7);
                    double expected = g / (1 + Math.exp(-1.702 * g)) * (u + 1);
                    assertThat((double) y[t * rows + r])
                            .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-3 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    private record FixedVector(int length) implements WeightVector {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public float[] read() {
            var values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = i % 5 - 2;
            }
            return values;
        }
    }

    private static int[][] shapes(TensorType type) {
        return switch (type.blockValues()) {
            case 1 -> new int[][] {{1, 1}, {31, 33}, {33, 100}, {130, 64}};
            case 32 -> new int[][] {{1, 32}, {31, 96}, {33, 64}, {200, 160}};
            default -> new int[][] {{1, 256}, {65, 512}};
        };
    }

    private static PackedMatrix pack(RandomMatrix weights, Precision precision, Arena arena) {
        var packing = packer(precision, memory(arena)).linear(weights);
        packing.pack(0, packing.tiles(), arena.allocate(packing.bufferBytes()));
        return packing.matrix();
    }

    private static MatrixPacker packer(Precision precision, LongFunction<java.lang.foreign.MemorySegment> memory) {
        return new MatrixPacker(Kernels.scalar(), precision, memory);
    }

    private static LongFunction<java.lang.foreign.MemorySegment> memory(Arena arena) {
        return bytes -> arena.allocate(bytes, 64);
    }

    private Activations activations(int rows, int columns) {
        var x = new Activations(rows, columns, true, true, new ScalarElementKernel());
        for (int t = 0; t < rows; t++) {
            for (int c = 0; c < columns; c++) {
                x.values()[t * x.stride() + c] = (float) random.nextGaussian();
            }
            x.prepare(t, 0, columns, scratch);
        }
        return x;
    }

    /** Largest error in units of the sum of magnitudes. */
    private static double worstError(float[] w, int[] shape, Activations x, float[] y) {
        double worst = 0;
        for (int t = 0; t < x.rows(); t++) {
            for (int r = 0; r < shape[0]; r++) {
                double magnitude = 1e-30;
                for (int c = 0; c < shape[1]; c++) {
                    magnitude += Math.abs((double) w[r * shape[1] + c] * x.values()[t * x.stride() + c]);
                }
                double error = Math.abs(y[t * shape[0] + r] - dot(w, r, shape[1], x, t));
                worst = Math.max(worst, error / magnitude);
            }
        }
        return worst;
    }

    private static double dot(float[] w, int r, int columns, Activations x, int t) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            sum += (double) w[r * columns + c] * x.values()[t * x.stride() + c];
        }
        return sum;
    }
}
