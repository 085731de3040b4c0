package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.TensorType;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rounding to Q8_0 does to single numbers. */
class QuantisedMatrixTests {

    private static final int ROWS = 33;
    private static final int COLUMNS = 96;

    private final Random random = new Random(11);

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void numbersAreOffByHalfAStepAtMost(TensorType type) {
        var source = RandomMatrix.of(type, ROWS, COLUMNS, random);
        expectHalfSteps(source.decoded(), decoded(QuantisedMatrix.of(source)));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e6f, 1, 1e-3f, 1e-5f, 1e-6f, 1e-7f, 1e-9f, 0})
    void boundHoldsAtEveryMagnitude(float magnitude) {
        float[] values = new float[COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = magnitude * (2 * random.nextFloat() - 1);
        }
        expectHalfSteps(values, decoded(QuantisedMatrix.of(matrix(values))));
    }

    @Test
    void numbersOfAQ8FileComeOutUnchanged() {
        var values = new float[ROWS * COLUMNS];
        for (int block = 0; block < values.length; block += 32) {
            float scale = Float.float16ToFloat(Float.floatToFloat16(random.nextFloat()));
            for (int i = 0; i < 32; i++) {
                // the largest number of a block has code 127 or -127
                values[block + i] = scale * (i == 5 ? -127 : random.nextInt(-127, 128));
            }
        }
        var matrix = new RandomMatrix(TensorType.F32, ROWS, COLUMNS, bytes(values));
        assertThat(decoded(QuantisedMatrix.of(matrix))).isEqualTo(values);
    }

    @Test
    void rowsReadAloneEqualRowsReadTogether() {
        WeightMatrix matrix = QuantisedMatrix.of(RandomMatrix.of(TensorType.BF16, ROWS, COLUMNS, random));
        float[] all = decoded(matrix);
        float[] two = new float[2 * COLUMNS];
        matrix.decodeRows(7, 2, two, 0);
        assertThat(two).isEqualTo(Arrays.copyOfRange(all, 7 * COLUMNS, 9 * COLUMNS));
    }

    @Test
    void smallTypesAndRowsThatAreNoBlocksStayAsTheyAre() {
        for (TensorType type : TensorType.values()) {
            int columns = Math.max(type.blockValues(), 32);
            var source = RandomMatrix.of(type, 2, columns, random);
            assertThat(QuantisedMatrix.of(source) == source).as(type.name()).isEqualTo(type.blockValues() > 1);
        }
        var odd = RandomMatrix.of(TensorType.BF16, 2, 50, random);
        assertThat(QuantisedMatrix.of(odd)).isSameAs(odd);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e7f})
    void whatNoScaleCanHoldIsRefused(float value) {
        float[] values = new float[COLUMNS];
        values[40] = value;
        assertThatThrownBy(() -> decoded(QuantisedMatrix.of(matrix(values))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("random F32")
                .hasMessageContaining("as stored");
    }

    private static void expectHalfSteps(float[] expected, float[] actual) {
        for (int block = 0; block < expected.length; block += 32) {
            float largest = 0;
            for (int i = block; i < block + 32; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
            }
            // the scale is rounded up to an F16: by 2^-10 of itself, or 2^-24 where it is subnormal
            double step = largest / 127.0 * (1 + 0x1p-10) + (largest == 0 ? 0 : 0x1p-24);
            for (int i = block; i < block + 32; i++) {
                assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo((float) (step / 2 * (1 + 0x1p-20)));
            }
        }
    }

    private static RandomMatrix matrix(float[] values) {
        return new RandomMatrix(TensorType.F32, values.length / COLUMNS, COLUMNS, bytes(values));
    }

    private static byte[] bytes(float[] values) {
        var bytes = new byte[4 * values.length];
        MemorySegment.copy(values, 0, MemorySegment.ofArray(bytes), LittleEndian.FLOAT, 0, values.length);
        return bytes;
    }

    private static float[] decoded(WeightMatrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        matrix.decodeRows(0, matrix.rows(), values, 0);
        return values;
    }
}
