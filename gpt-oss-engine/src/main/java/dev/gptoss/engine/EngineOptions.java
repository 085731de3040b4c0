package dev.gptoss.engine;

import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a model is opened.
 *
 * @param model a Hugging Face or {@code original} folder, or a GGUF file
 * @param backend {@code auto}, {@code reference}, {@code scalar} or {@code vector}
 * @param species bits of a vector register: 128, 256 or 512; 0 to choose
 * @param precision how activations and KV are held
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

    /** The defaults: everything chosen, fast precision, one sequence at a time, 64 waiting. */
    public static EngineOptions of(Path model) {
        return new EngineOptions(model, "auto", 0, Precision.FAST, 0, 0, 1, 64, LoadListener.NONE);
    }

    public EngineOptions withBackend(String backend) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withSpecies(int species) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withPrecision(Precision precision) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withThreads(int threads) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withContextLength(int contextLength) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withSequences(int sequences) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withQueueLimit(int queueLimit) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    public EngineOptions withLoadListener(LoadListener loadListener) {
        return new EngineOptions(
                model, backend, species, precision, threads, contextLength, sequences, queueLimit, loadListener);
    }

    private static void notNegative(List<String> faults, String name, int value) {
        if (value < 0) {
            faults.add(name + " must not be negative, was " + value);
        }
    }
}
