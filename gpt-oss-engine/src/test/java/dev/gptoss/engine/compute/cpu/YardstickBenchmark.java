package dev.gptoss.engine.compute.cpu;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the machine gives at most, for ratios: fused multiply-adds of F32 in registers, and a plain read of memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class YardstickBenchmark {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 4096;
    private static final long BYTES = 512L << 20;

    public float factor = 0.999f;

    private final OffHeap memory = new OffHeap();
    private final ThreadTeam alone = new ThreadTeam(1);
    private final WeightReader reader = new WeightReader(memory, alone);

    @Setup
    public void fill() {
        memory.allocateWeights(BYTES).fill((byte) 1); // pages that were never written to are all one
    }

    @TearDown
    public void close() {
        alone.close();
        memory.close();
    }

    /** Eight sums hide the latency of two units of four cycles. */
    @Benchmark
    public float multiplyAdds(Rates rates) {
        FloatVector w = FloatVector.broadcast(F, factor);
        FloatVector a = w.add(1), b = w.add(2), c = w.add(3), d = w.add(4); // equal ones might become one
        FloatVector e = w.add(5), f = w.add(6), g = w.add(7), h = w.add(8);
        for (int i = 0; i < ROUNDS; i++) {
            a = a.fma(w, w);
            b = b.fma(w, w);
            c = c.fma(w, w);
            d = d.fma(w, w);
            e = e.fma(w, w);
            f = f.fma(w, w);
            g = g.fma(w, w);
            h = h.fma(w, w);
        }
        rates.flops += 2L * 8 * ROUNDS * F.length();
        return a.add(b).add(c).add(d).add(e.add(f).add(g).add(h)).lane(0);
    }

    @Benchmark
    public long read(Rates rates) {
        long bytes = reader.read();
        rates.bytes += bytes;
        return bytes;
    }
}
