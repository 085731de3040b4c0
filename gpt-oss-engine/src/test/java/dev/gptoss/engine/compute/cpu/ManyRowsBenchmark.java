package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.tensor.TensorType;
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

/** Products in fast precision with many rows of activations, as a prompt has them: an expert gets fewer than a dense matrix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ManyRowsBenchmark {

    @Param({"MXFP4", "Q8_0"})
    public TensorType type = TensorType.MXFP4;

    @Param({"16", "64"})
    public int rows;

    /** Of weights; 0 is a tile that stays in the cache. */
    @Param({"0", "512"})
    public int megabytes;

    /** Bits of a register; 0 is the widest. */
    @Param("0")
    public int species;

    private TileWalk walk;

    @Setup
    public void pack() {
        walk = new TileWalk(VectorDoor.open(species), type, Precision.FAST, rows, megabytes);
    }

    @TearDown
    public void close() {
        walk.close();
    }

    @Benchmark
    public float[] product(Rates rates) {
        return walk.multiply(rates);
    }
}
