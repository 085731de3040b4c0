package dev.gptoss.engine.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once compiled, steps leave the garbage collector nothing to do. */
class AllocationTests {

    /** Steps in a row that must be clean. */
    private static final int CLEAN = 50;

    private static final int MOST_STEPS = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(Precision.class)
    void decodeStepAllocatesNothing(Precision precision) {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, precision)) {
            Step step = new StepDriver(backend, 320).step();
            long[] team = LongStream.concat(LongStream.of(Thread.currentThread().threadId()), teamThreads())
                    .toArray();
            assertThat(team).hasSize(2);
            int clean = 0;
            for (int i = 0; i < MOST_STEPS && clean < CLEAN; i++) {
                fill(step, i);
                long before = allocated(team);
                backend.submit(step).await();
                long bytes = allocated(team) - before;
                clean = bytes == 0 ? clean + 1 : 0;
            }
            assertThat(clean).as("steps in a row that allocate nothing").isEqualTo(CLEAN);
        }
    }

    private long allocated(long[] team) {
        long bytes = 0;
        for (long thread : team) {
            bytes += threads.getThreadAllocatedBytes(thread);
        }
        return bytes;
    }

    private static LongStream teamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gpt-oss-team-"))
                .mapToLong(Thread::threadId);
    }

    private static Backend open(Weights weights, Precision precision) {
        var limits = StepDriver.limits(8, 3, 128, 64, 4);
        var plan = Backends.plan(weights, new BackendChoice("vector", 0, precision, 2, limits));
        return Backends.load(weights, plan, LoadListener.NONE);
    }

    /** Three sequences, one greedy, one drawn by chance, one with everything. */
    private static void fill(Step step, int i) {
        int position = i % 128;
        step.clear();
        for (int slot = 0; slot < 3; slot++) {
            var output = step.addOutput(step.addRow(slot, position, (i + slot) % 320));
            output.temperature = slot;
            output.seed = i;
            if (slot == 2) {
                output.topK = 40;
                output.topP = 0.9f;
                output.minP = 0.01f;
                output.candidates = 5;
            }
        }
    }
}
