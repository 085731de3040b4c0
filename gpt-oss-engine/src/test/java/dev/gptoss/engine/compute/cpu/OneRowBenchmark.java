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

/** Products with one row of activations, as decoding one sequence has them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OneRowBenchmark {

    /** Weights and what they are multiplied with. */
    public enum Form {
        MXFP4_INTEGER(TensorType.MXFP4, Precision.FAST),
        MXFP4_F32(TensorType.MXFP4, Precision.EXACT),
        Q8_0(TensorType.Q8_0, Precision.FAST),
        BF16(TensorType.BF16, Precision.EXACT),
        F32(TensorType.F32, Precision.EXACT);

        private final TensorType type;
        private final Precision precision;

        Form(TensorType type, Precision precision) {
            this.type = type;
            this.precision = precision;
        }
    }

    @Param
    public Form form = Form.MXFP4_INTEGER;

    /** Of weights; 0 is a tile that stays in the cache. */
    @Param({"0", "512"})
    public int megabytes;

    /** Bits of a register; 0 is the widest. */
    @Param("0")
    public int species;

    private TileWalk walk;

    @Setup
    public void pack() {
        walk = new TileWalk(VectorDoor.open(species), form.type, form.precision, 1, megabytes);
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
