package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When keys and values are held in 16 bits, and when in 32. */
class KvTypeTests {

    private static final int[] TOKENS =
            IntStream.range(0, 150).map(i -> i * 37 % 320).toArray();

    private final Weights weights = Weights.open(TinyModel.huggingFace());

    @AfterEach
    void close() {
        weights.close();
    }

    @Test
    void exactPrecisionHoldsThirtyTwoBits() {
        assertThat(plan("vector", Precision.EXACT, KvType.F16).kvType()).isEqualTo(KvType.F32);
    }

    @Test
    void thirtyTwoBitsTakeTwiceTheMemory() {
        long half = plan("vector", Precision.FAST, KvType.F16).bytes().get("kv");
        assertThat(plan("vector", Precision.FAST, KvType.F32).bytes()).containsEntry("kv", 2 * half);
    }

    @Test
    void fastPrecisionComputesWithWhatIsHeld() {
        float[][] wide = logits("vector", KvType.F32);
        assertThat(wide).isDeepEqualTo(logits("scalar", KvType.F32));
        assertThat(wide[100]).isNotEqualTo(logits("vector", KvType.F16)[100]);
    }

    @Test
    void numericClassTellsWhatIsHeld() {
        try (Backend wide = open("vector", KvType.F32);
                Backend narrow = open("vector", KvType.F16)) {
            assertThat(wide.numericClass()).isNotEqualTo(narrow.numericClass());
        }
    }

    private float[][] logits(String name, KvType type) {
        try (Backend backend = open(name, type)) {
            return new StepDriver(backend, weights.config().vocabulary()).compute(0, TOKENS, 16);
        }
    }

    private Backend open(String name, KvType type) {
        return Backends.load(weights, plan(name, Precision.FAST, type), LoadListener.NONE);
    }

    private BackendPlan plan(String name, Precision precision, KvType type) {
        var limits =
                StepDriver.limits(16, 1, TOKENS.length, 64, weights.config().slidingWindow());
        var choice = new BackendChoice(name, 0, precision, DenseWeights.AS_STORED, type, null, 2, limits);
        return Backends.plan(weights, choice);
    }
}
