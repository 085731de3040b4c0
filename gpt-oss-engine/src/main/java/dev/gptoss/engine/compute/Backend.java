package dev.gptoss.engine.compute;

import java.util.Map;

/**
 * A loaded model on a device. Called by one thread at a time; makes no calls back.
 *
 * <p>The bits of a row's K, V and logits depend on its sequence's tokens and the {@link #numericClass} alone: not on the
 * rows of the step, chunk boundaries, step mates or threads.
 */
public interface Backend extends AutoCloseable {

    /** One of {@code reference}, {@code scalar}, {@code vector}; later devices add theirs. */
    String name();

    /** Bits of a vector register in use, 0 where there is none. */
    int species();

    int threads();

    NumericClass numericClass();

    Limits limits();

    KvStore kv();

    /** Bytes held, by kind: {@code weights}, {@code kv}, {@code scratch} and whatever else the device has. */
    Map<String, Long> memory();

    /**
     * Starts a step. The step must not be changed before its ticket is awaited; a device may be one step ahead.
     *
     * @throws IllegalArgumentException if a row breaks the contract of {@link Step}
     */
    Ticket submit(Step step);

    /** Reads all weights once with the backend's threads, for the roofline. Returns bytes read; 0 if not offered. */
    long readWeights();

    @Override
    void close();
}
