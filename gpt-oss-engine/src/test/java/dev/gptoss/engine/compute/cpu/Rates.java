package dev.gptoss.engine.compute.cpu;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What benchmarks count: with nanoseconds as the unit of time the rates are thousand millions a second. */
@AuxCounters
@State(Scope.Thread)
public class Rates {

    /** Multiplications and additions; a fused one is two. */
    public long flops;

    /** Weights passed over, each for all input rows. */
    public long weights;

    /** Bytes that had to be read, of weights or of keys and values. */
    public long bytes;
}
