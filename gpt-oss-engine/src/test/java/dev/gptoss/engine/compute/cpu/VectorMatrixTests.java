package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.WeightVector;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrices of every type give the bits of the scalar kernels, whatever the width and the number of rows together. */
class VectorMatrixTests {

    private static final int[] COUNTS = {1, 2, 3, 5, 6, 7, 13, 64, 70};

    private static final Map<Integer, Kernels> KERNELS =
            Map.of(128, new VectorKernels(128), 256, new VectorKernels(256), 512, new VectorKernels(512));

    private final Random random = new Random(13);
    private final Scratch scratch = new Scratch();

    private static Stream<Arguments> typesAndWidths() {
        return Arrays.stream(TensorType.values())
                .flatMap(type -> Stream.of(128, 256, 512).map(species -> Arguments.of(type, species)));
    }

    @ParameterizedTest
    @MethodSource("typesAndWidths")
    void productsHaveTheBitsOfTheScalarKernels(TensorType type, int species) {
        for (var precision : Precision.values()) {
            for (int[] shape : shapes(type)) {
                var weights = RandomMatrix.of(type, shape[0], shape[1], random);
                for (int count : COUNTS) {
                    compare(weights, precision, species, activations(count, shape[1]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndWidths")
    void extremesHaveTheBitsOfTheScalarKernels(TensorType type, int species) {
        for (var precision : Precision.values()) {
            int columns = Math.max(96, type.blockValues());
            var weights = RandomMatrix.of(type, 70, columns, random);
            if (type == TensorType.MXFP4) {
                extremeScales(weights);
            }
            var x = new Activations(4, columns, true, true, new ScalarElementKernel());
            float[] values = {0, -0f, Float.MIN_VALUE, 1e-38f, -1e-30f, 1e30f, -3e38f, 1};
            for (int t = 0; t < 4; t++) {
                for (int c = 0; c < columns; c++) {
                    x.values()[t * x.stride() + c] = values[t == 0 ? c % 4 : random.nextInt(values.length)];
                }
                x.prepare(t, 0, columns, scratch);
            }
            compare(weights, precision, species, x);
        }
    }

    /** Scale bytes 0 (a subnormal) to 254, and every code. */
    private void extremeScales(RandomMatrix weights) {
        byte[] bytes = weights.bytes();
        for (int at = 0; at < bytes.length; at += 17) {
            bytes[at] = (byte) (at % 2 == 0 ? random.nextInt(3) : random.nextInt(255));
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndWidths")
    void swigluHasTheBitsOfTheScalarKernels(TensorType type, int species) {
        int rows = 40;
        int columns = Math.max(64, type.blockValues());
        var gate = new Linear(RandomMatrix.of(type, rows, columns, random), new Ramp(rows));
        var up = new Linear(RandomMatrix.of(type, rows, columns, random), new Ramp(rows));
        try (var arena = Arena.ofConfined()) {
            for (int count : new int[] {1, 7}) {
                var x = activations(count, columns);
                float[] expected = swiglu(Kernels.scalar(), gate, up, x, arena);
                float[] actual = swiglu(KERNELS.get(species), gate, up, x, arena);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    private float[] swiglu(Kernels kernels, Linear gate, Linear up, Activations x, Arena arena) {
        var packing = new MatrixPacker(kernels, Precision.FAST, bytes -> arena.allocate(bytes, 64))
                .swiglu(gate, up, 1.702f, 7);
        packing.pack(0, packing.tiles(), arena.allocate(packing.bufferBytes()));
        return product(packing.matrix(), x);
    }

    private void compare(RandomMatrix weights, Precision precision, int species, Activations x) {
        try (var arena = Arena.ofConfined()) {
            float[] expected = product(pack(Kernels.scalar(), weights, precision, arena), x);
            var vector = pack(KERNELS.get(species), weights, precision, arena);
            assertThat(product(vector, x)).isEqualTo(expected);
            assertThat(oneByOne(vector, x)).isEqualTo(expected);
        }
    }

    private static PackedMatrix pack(Kernels kernels, RandomMatrix weights, Precision precision, Arena arena) {
        var packing = new MatrixPacker(kernels, precision, bytes -> arena.allocate(bytes, 64)).linear(weights);
        packing.pack(0, packing.tiles(), arena.allocate(packing.bufferBytes()));
        return packing.matrix();
    }

    private float[] product(PackedMatrix matrix, Activations x) {
        var y = new float[x.rows() * matrix.rows()];
        var map = RowMap.identity(x.rows());
        matrix.multiply(x, map, 0, x.rows(), Destination.storing(y, matrix.rows()), 0, matrix.tiles(), scratch);
        return y;
    }

    private float[] oneByOne(PackedMatrix matrix, Activations x) {
        var y = new float[x.rows() * matrix.rows()];
        var map = RowMap.identity(x.rows());
        for (int row = 0; row < x.rows(); row++) {
            for (int tile = 0; tile < matrix.tiles(); tile++) {
                matrix.multiply(x, map, row, 1, Destination.storing(y, matrix.rows()), tile, tile + 1, scratch);
            }
        }
        return y;
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

    private static int[][] shapes(TensorType type) {
        return switch (type.blockValues()) {
            case 1 -> new int[][] {{1, 1}, {33, 100}, {130, 64}};
            case 32 -> new int[][] {{31, 96}, {130, 160}};
            default -> new int[][] {{70, 256}};
        };
    }

    private record Ramp(int length) implements WeightVector {
        @Override
        public String name() {
            return "ramp";
        }

        @Override
        public float[] read() {
            var values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = i % 7 - 3;
            }
            return values;
        }
    }
}
