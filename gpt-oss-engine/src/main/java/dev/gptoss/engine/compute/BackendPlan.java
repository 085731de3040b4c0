package dev.gptoss.engine.compute;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a load will take, known before anything is allocated.
 *
 * @param backend name of the backend, never {@code auto}
 * @param limits sizes to reserve
 * @param precision how activations and KV are held
 * @param denseWeights how the matrices of attention and head are held; as stored in exact precision
 * @param kvType how keys and values are held
 * @param packedCache folder that keeps packed weights for the next load, or null for none
 * @param threads threads of the team
 * @param species bits of a vector register, 0 where there is none
 * @param bytes needed bytes by kind
 */
public record BackendPlan(
        String backend,
        Limits limits,
        Precision precision,
        DenseWeights denseWeights,
        KvType kvType,
        @Nullable Path packedCache,
        int threads,
        int species,
        Map<String, Long> bytes) {

    public BackendPlan {
        bytes = Map.copyOf(bytes);
    }

    public long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
