package dev.gptoss.engine.compute;

import java.util.Map;

/**
 * What a load will take, known before anything is allocated.
 *
 * @param limits sizes to reserve
 * @param precision how activations and KV are held
 * @param threads threads of the team, 0 to choose
 * @param species bits of a vector register, 0 to choose
 * @param bytes needed bytes by kind
 */
public record BackendPlan(Limits limits, Precision precision, int threads, int species, Map<String, Long> bytes) {

    public BackendPlan {
        bytes = Map.copyOf(bytes);
    }

    public long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
