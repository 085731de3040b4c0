package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.StepDriver;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.synth.SyntheticModel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A full layer's attention of one row, in the shape of the published models: 8 kv heads of 8 query heads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttentionBenchmark {

    private static final ModelConfig CONFIG = SyntheticModel.shape20b();

    /** Positions seen. One block of keys stays in the cache, of many those of all layers are read in turn. */
    @Param({"64", "8192"})
    public int positions = AttentionKernel.BLOCK;

    /** Positions of a page. */
    @Param("64")
    public int pageSize = AttentionKernel.BLOCK;

    @Param
    public KvType kvType = KvType.F16;

    /** Bits of a register; 0 is the widest. */
    @Param("0")
    public int species;

    private final OffHeap memory = new OffHeap();
    private final RowList list = new RowList(1);
    private final float[] queries = new float[CONFIG.queryWidth()];
    private final float[] attended = new float[CONFIG.queryWidth()];
    private final float[] sinks = new float[CONFIG.heads()];
    private Step step;
    private Attention attention;
    private int layer = 1;

    @Setup
    public void store() {
        Limits limits = StepDriver.limits(1, 1, positions, pageSize, CONFIG.slidingWindow());
        var pages = new KvPages(CONFIG, limits, kvType, memory::allocate);
        var random = new Random(1);
        float[] some = new float[4096];
        for (int i = 0; i < some.length; i++) {
            some[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < queries.length; i++) {
            queries[i] = some[i % some.length] / 8;
        }
        step = new Step(limits);
        for (int page = 0; page < step.fullTable(0).length; page++) {
            step.fullTable(0)[page] = page;
        }
        for (int l = 1; l < CONFIG.layers(); l += 2) {
            for (int p = 0; p < positions; p++) {
                for (int head = 0; head < CONFIG.kvHeads(); head++) {
                    int at = random.nextInt(some.length - CONFIG.headDim());
                    pages.store(l, p / pageSize, p % pageSize, head, some, at, some, at);
                }
            }
        }
        step.addRow(0, positions - 1, 0);
        list.add(0);
        attention = new Attention(CONFIG, pages, VectorDoor.open(species).attention(pages.isHalf()), 1, 1);
    }

    @TearDown
    public void close() {
        memory.close();
    }

    @Benchmark
    public float[] row(Rates rates) {
        attention.plan(step, list);
        attention.attend(0, step, list, layer, false, sinks, queries, queries.length, attended, attended.length);
        if (positions > AttentionKernel.BLOCK) {
            layer = layer + 2 < CONFIG.layers() ? layer + 2 : 1;
        }
        long pairs = (long) positions * CONFIG.heads();
        rates.flops += 4 * pairs * CONFIG.headDim(); // scores and mix, a fused multiply-add each
        int bytes = kvType == KvType.F16 ? Short.BYTES : Float.BYTES;
        rates.bytes += 2L * positions * CONFIG.kvHeads() * CONFIG.headDim() * bytes;
        return attended;
    }
}
