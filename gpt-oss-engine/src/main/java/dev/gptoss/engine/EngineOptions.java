package dev.gptoss.engine;

import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model is opened.
 *
 * @param model a Hugging Face or {@code original} folder, or a GGUF file
 * @param backend {@code auto}, {@code reference}, {@code scalar} or {@code vector}
 * @param species bits of a vector register: 128, 256 or 512; 0 to choose
 * @param precision how activations and KV are held
 * @param denseWeights how the matrices of attention and head are held in fast precision
 * @param kvType how keys and values are held in fast precision
 * @param packedCache folder that keeps packed weights, so that the next load need not pack; null for none
 * @param threads threads that compute; 0 for the physical cores within the container's limit
 * @param contextLength most positions of a sequence; 0 for the default
 * @param sequences most sequences computed at a time
 * @param queueLimit most requests that wait; more are rejected
 * @param loadListener follows and may cancel the load
 */
public record EngineOptions(
        Path model,
        String backend,
        int species,
        Precision precision,
        DenseWeights denseWeights,
        KvType kvType,
        @Nullable Path packedCache,
        int threads,
        int contextLength,
        int sequences,
        int queueLimit,
        LoadListener loadListener) {

    private static final Set<String> BACKENDS = Set.of("auto", "reference", "scalar", "vector");

    public EngineOptions {
        List<String> faults = new ArrayList<>();
        if (!BACKENDS.contains(backend)) {
            faults.add("backend must be one of auto, reference, scalar, vector, was " + backend);
        }
        if (!Set.of(0, 128, 256, 512).contains(species)) {
            faults.add("species must be 0, 128, 256 or 512, was " + species);
        }
        notNegative(faults, "threads", threads);
        notNegative(faults, "contextLength", contextLength);
        notNegative(faults, "queueLimit", queueLimit);
        if (sequences < 1) {
            faults.add("sequences must be at least 1, was " + sequences);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** The defaults: everything chosen, fast precision, no cache, one sequence at a time, 64 waiting. */
    public static EngineOptions of(Path model) {
        return new EngineOptions(
                model, "auto", 0, Precision.FAST, DenseWeights.AUTO, KvType.F16, null, 0, 0, 1, 64, LoadListener.NONE);
    }

    public EngineOptions withBackend(String backend) {
        return with(draft -> draft.backend = backend);
    }

    public EngineOptions withSpecies(int species) {
        return with(draft -> draft.species = species);
    }

    public EngineOptions withPrecision(Precision precision) {
        return with(draft -> draft.precision = precision);
    }

    public EngineOptions withDenseWeights(DenseWeights denseWeights) {
        return with(draft -> draft.denseWeights = denseWeights);
    }

    public EngineOptions withKvType(KvType kvType) {
        return with(draft -> draft.kvType = kvType);
    }

    public EngineOptions withPackedCache(@Nullable Path packedCache) {
        return with(draft -> draft.packedCache = packedCache);
    }

    public EngineOptions withThreads(int threads) {
        return with(draft -> draft.threads = threads);
    }

    public EngineOptions withContextLength(int contextLength) {
        return with(draft -> draft.contextLength = contextLength);
    }

    public EngineOptions withSequences(int sequences) {
        return with(draft -> draft.sequences = sequences);
    }

    public EngineOptions withQueueLimit(int queueLimit) {
        return with(draft -> draft.queueLimit = queueLimit);
    }

    public EngineOptions withLoadListener(LoadListener loadListener) {
        return with(draft -> draft.loadListener = loadListener);
    }

    private EngineOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    private static void notNegative(List<String> faults, String name, int value) {
        if (value < 0) {
            faults.add(name + " must not be negative, was " + value);
        }
    }

    /** Options that may be changed one by one. */
    private static final class Draft {

        private final Path model;
        private String backend;
        private int species;
        private Precision precision;
        private DenseWeights denseWeights;
        private KvType kvType;
        private @Nullable Path packedCache;
        private int threads;
        private int contextLength;
        private int sequences;
        private int queueLimit;
        private LoadListener loadListener;

        Draft(EngineOptions options) {
            model = options.model;
            backend = options.backend;
            species = options.species;
            precision = options.precision;
            denseWeights = options.denseWeights;
            kvType = options.kvType;
            packedCache = options.packedCache;
            threads = options.threads;
            contextLength = options.contextLength;
            sequences = options.sequences;
            queueLimit = options.queueLimit;
            loadListener = options.loadListener;
        }

        EngineOptions options() {
            return new EngineOptions(
                    model,
                    backend,
                    species,
                    precision,
                    denseWeights,
                    kvType,
                    packedCache,
                    threads,
                    contextLength,
                    sequences,
                    queueLimit,
                    loadListener);
        }
    }
}
