package dev.gptoss.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a token is chosen. Order: reserved ids masked, penalties and bias, constraint, temperature, top-k, top-p, min-p,
 * draw; ties go to the lower id.
 *
 * @param temperature 0 is greedy
 * @param topK 0 keeps all
 * @param topP 1 keeps all
 * @param minP 0 keeps all
 * @param seed the same seed gives the same text; chosen if absent
 * @param frequencyPenalty subtracted from a logit once per earlier occurrence of its token in the answer
 * @param presencePenalty subtracted once from the logit of a token that occurred in the answer
 * @param logitBias added to logits, by token id
 */
public record Sampling(
        float temperature,
        int topK,
        float topP,
        float minP,
        OptionalLong seed,
        float frequencyPenalty,
        float presencePenalty,
        Map<Integer, Float> logitBias) {

    /** What the model was trained for: temperature 1, nothing else. */
    public static final Sampling DEFAULT = new Sampling(1, 0, 1, 0, OptionalLong.empty(), 0, 0, Map.of());

    public static final Sampling GREEDY = DEFAULT.withTemperature(0);

    public Sampling {
        logitBias = Map.copyOf(logitBias);
        List<String> faults = new ArrayList<>();
        if (!(temperature >= 0 && temperature <= 100)) {
            faults.add("temperature must be between 0 and 100, was " + temperature);
        }
        if (topK < 0) {
            faults.add("topK must not be negative, was " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            faults.add("topP must be above 0 and at most 1, was " + topP);
        }
        if (!(minP >= 0 && minP <= 1)) {
            faults.add("minP must be between 0 and 1, was " + minP);
        }
        if (!(Math.abs(frequencyPenalty) <= 2)) {
            faults.add("frequencyPenalty must be between -2 and 2, was " + frequencyPenalty);
        }
        if (!(Math.abs(presencePenalty) <= 2)) {
            faults.add("presencePenalty must be between -2 and 2, was " + presencePenalty);
        }
        logitBias.forEach((id, bias) -> {
            if (id < 0 || !(Math.abs(bias) <= 100)) {
                faults.add("logitBias must map ids to values between -100 and 100, was " + id + "=" + bias);
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    public Sampling withTemperature(float temperature) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withTopK(int topK) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withTopP(float topP) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withMinP(float minP) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withSeed(long seed) {
        return new Sampling(
                temperature, topK, topP, minP, OptionalLong.of(seed), frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withFrequencyPenalty(float frequencyPenalty) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withPresencePenalty(float presencePenalty) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }

    public Sampling withLogitBias(Map<Integer, Float> logitBias) {
        return new Sampling(temperature, topK, topP, minP, seed, frequencyPenalty, presencePenalty, logitBias);
    }
}
