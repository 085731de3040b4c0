package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.gptoss.engine.compute.GumbelNoise;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.ScalarVocabularyScan;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector kernels of every width give the bits of the scalar ones, at odd sizes and extremes. */
class VectorKernelsTests {

    private final Scratch scratch = new Scratch();

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void normsHaveTheSameBits(int species) {
        var kernel = new VectorKernels(species).rows();
        var scalar = new ScalarRowKernel();
        for (int length : new int[] {1, 3, 15, 16, 17, 31, 48, 90, 96, 2880, 2881}) {
            float[] x = gaussians(length + 5, 3);
            float[] weight = gaussians(length, 1);
            float[] expected = new float[length + 7];
            float[] actual = new float[length + 7];
            scalar.rmsNorm(x, 5, length, weight, 1e-5f, expected, 7);
            kernel.rmsNorm(x, 5, length, weight, 1e-5f, actual, 7);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void elementsHaveTheSameBits(int species) {
        var kernel = new VectorKernels(species).elements();
        var scalar = new ScalarElementKernel();
        for (float spread : new float[] {1e-41f, 1, 5, 1e4f, 1e38f}) {
            for (int count : new int[] {1, 15, 16, 33, 64}) {
                float[] results = gaussians(count + 3, spread);
                float[] bias = gaussians(count + 5, 1);
                float[] expected = gaussians(count + 2, 1);
                float[] actual = expected.clone();
                scalar.addScaled(0.3f, results, 3, bias, 5, count, expected, 2);
                kernel.addScaled(0.3f, results, 3, bias, 5, count, actual, 2);
                assertThat(actual).isEqualTo(expected);
                scalar.addBias(results, 3, bias, 5, count, expected, 2);
                kernel.addBias(results, 3, bias, 5, count, actual, 2);
                assertThat(actual).isEqualTo(expected);
            }
            float[] expected = gaussians(40, spread);
            float[] actual = expected.clone();
            float[] bias = gaussians(32, 1);
            scalar.swiglu(expected, 8, bias, 0, 1.702f, 7);
            kernel.swiglu(actual, 8, bias, 0, 1.702f, 7);
            assertThat(actual).isEqualTo(expected);
            Activations quantised = quantised(kernel, gaussians(96, spread));
            Activations reference = quantised(scalar, Arrays.copyOf(quantised.values(), 96));
            assertThat(quantised.integers()).isEqualTo(reference.integers());
            assertThat(quantised.steps()).isEqualTo(reference.steps());
            assertThat(quantised.lifts()).isEqualTo(reference.lifts());
        }
    }

    private Activations quantised(ElementKernel kernel, float[] values) {
        var x = new Activations(1, values.length, true, false, kernel);
        System.arraycopy(values, 0, x.values(), 0, values.length);
        x.prepare(0, 0, values.length, scratch);
        return x;
    }

    @Test
    void productsOfABlockFitSixteenBitsWhateverTheCodes() {
        for (int round = 0; round < 1000; round++) {
            float[] values = gaussians(32, 1);
            for (int i = 0; i < values.length; i++) {
                // flat, peaked and in between; all on the edge of being rounded up in the first round
                values[i] = round == 0 ? 85.5f : (float) Math.pow(values[i], round % 8);
            }
            Activations x = quantised(new ScalarElementKernel(), values);
            float step = x.steps()[0] * 0x1p17f;
            int most = 0;
            int total = 0;
            for (int i = 0; i < values.length; i++) {
                int integer = (short) x.integers()[i];
                most += 12 * Math.abs(integer);
                total += integer;
                assertThat(x.integers()[i] >> 16).isEqualTo(integer);
                assertThat(integer * step).isCloseTo(values[i], offset(0.5001f * step));
            }
            assertThat((short) x.lifts()[0]).isEqualTo((short) (-12 * total));
            assertThat(x.lifts()[0] >> 16).isEqualTo((short) (-12 * total));
            assertThat(most).isLessThanOrEqualTo(Short.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void attentionHasTheSameBits(int species) {
        for (var type : KvType.values()) {
            for (int headDim : new int[] {2, 16, 48, 50, 64, 80}) {
                for (int heads : new int[] {1, 2, 3, 4, 5, 8, 9}) {
                    compareAttention(species, type, headDim, heads, 64);
                    compareAttention(species, type, headDim, heads, 128);
                }
            }
        }
    }

    private void compareAttention(int species, KvType type, int headDim, int heads, int pageSize) {
        var limits = new Limits(1, 1, 1, pageSize, pageSize, 1, 1, 1);
        boolean half = type == KvType.F16;
        var kernel = new VectorKernels(species).attention(half);
        var scalar = new ScalarAttentionKernel(half);
        try (var arena = Arena.ofConfined()) {
            var pages = new KvPages(config(heads, headDim), limits, type, bytes -> arena.allocate(bytes, 64));
            int stride = pages.valueStride();
            int offset = pageSize - 64;
            for (int key = 0; key < 64; key++) {
                float scale = key % 16 == 3 ? 1e-6f : 2; // halves become subnormal
                pages.store(0, 0, offset + key, 0, gaussians(headDim, scale), 0, gaussians(headDim, scale), 0);
            }
            MemorySegment layer = pages.layer(0);
            long keys = pages.keysAt(0, 0, 0, offset);
            long values = pages.valuesAt(0, 0, 0, offset);
            for (int[] range : new int[][] {{0, 64}, {0, 1}, {5, 6}, {13, 40}, {63, 64}, {16, 48}}) {
                float[] queries = gaussians(heads * headDim + 1, 0.3f * KvPages.scale(half));
                float[] expected = new float[heads * 80];
                float[] actual = new float[heads * 80];
                int begin = range[0];
                int end = range[1];
                int first = begin / 32;
                int last = (end - 1) / 32 + 1;
                scalar.scores(layer, keys, headDim, first, last, queries, 1, heads, expected);
                kernel.scores(layer, keys, headDim, first, last, queries, 1, heads, actual);
                float[] mixed = gaussians(heads * stride, 1);
                float[] mixedToo = mixed.clone();
                float[] highest = new float[heads];
                float[] highestToo = new float[heads];
                scalar.highest(expected, heads, begin, end, highest);
                kernel.highest(actual, heads, begin, end, highestToo);
                assertThat(highestToo).isEqualTo(highest);
                float[] sums = new float[heads];
                float[] sumsToo = new float[heads];
                scalar.weigh(expected, heads, begin, end, highest, sums);
                kernel.weigh(actual, heads, begin, end, highest, sumsToo);
                assertThat(sumsToo).isEqualTo(sums);
                assertThat(actual).isEqualTo(expected);
                scalar.mix(layer, values, pages.valuePlane(), stride, begin, end, expected, heads, mixed, 0);
                kernel.mix(layer, values, pages.valuePlane(), stride, begin, end, actual, heads, mixedToo, 0);
                assertThat(mixedToo).isEqualTo(mixed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void scansOfTheVocabularyHaveTheSameBits(int species) {
        var scan = new VectorKernels(species).scan();
        var scalar = new ScalarVocabularyScan();
        for (int length : new int[] {1, 7, 16, 320, 1023, 1024, 5000}) {
            float[] logits = gaussians(length + 3, 4);
            if (length > 300) {
                logits[100] = Float.NaN;
                logits[200] = Float.NEGATIVE_INFINITY;
                logits[3 + 250] = logits[3 + 290] = 40; // a tie
            }
            float highest = scalar.highest(logits, 3, 3 + length);
            assertThat(scan.highest(logits, 3, 3 + length)).isEqualTo(highest);
            assertThat(scan.best(logits, 3, 0, length)).isEqualTo(scalar.best(logits, 3, 0, length));
            long key = GumbelNoise.key(length, 9);
            for (float lowest : new float[] {Float.NEGATIVE_INFINITY, 1, 1000}) {
                assertThat(scan.bestWithNoise(logits, 3, 0, length, lowest, 0.7f, key))
                        .isEqualTo(scalar.bestWithNoise(logits, 3, 0, length, lowest, 0.7f, key));
            }
            float[] numbers = gaussians(length, 4);
            float most = scalar.highest(numbers, 0, length);
            assertThat(scan.sumOfExponentials(numbers, 0, length, most))
                    .isEqualTo(scalar.sumOfExponentials(numbers, 0, length, most));
        }
    }

    private float[] gaussians(int length, float scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian() * scale;
        }
        return values;
    }

    private static ModelConfig config(int heads, int headDim) {
        return new ModelConfig(
                8,
                8,
                heads,
                1,
                headDim,
                1,
                1,
                10,
                4,
                List.of(LayerType.FULL_ATTENTION),
                1e-5f,
                new RopeConfig(10_000, 1, 32, 1, 4096, false),
                4096,
                1.702f,
                7);
    }
}
