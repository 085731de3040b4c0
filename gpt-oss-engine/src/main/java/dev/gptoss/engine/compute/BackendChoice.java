package dev.gptoss.engine.compute;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of a backend.
 *
 * @param backend {@code reference}, {@code scalar}, {@code vector}, or {@link #AUTO}
 * @param species bits of a vector register: 128, 256, 512, or 0 to choose
 * @param precision how activations and KV are held
 * @param denseWeights how the matrices of attention and head are held in fast precision
 * @param kvType how keys and values are held in fast precision
 * @param packedCache folder that keeps packed weights for the next load, or null for none
 * @param threads threads of the team, or 0 to choose
 * @param limits sizes to reserve
 */
public record BackendChoice(
        String backend,
        int species,
        Precision precision,
        DenseWeights denseWeights,
        KvType kvType,
        @Nullable Path packedCache,
        int threads,
        Limits limits) {

    /** The fastest backend that runs here. */
    public static final String AUTO = "auto";

    /** A choice with the usual dense weights, keys and values, and no cache. */
    public BackendChoice(String backend, int species, Precision precision, int threads, Limits limits) {
        this(backend, species, precision, DenseWeights.AUTO, KvType.F16, null, threads, limits);
    }

    public BackendChoice {
        if (species != 0 && species != 128 && species != 256 && species != 512) {
            throw new IllegalArgumentException("species must be 128, 256, 512, or 0 to choose, was " + species);
        }
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads must be 1 to 1024, or 0 to choose, was " + threads);
        }
    }
}
