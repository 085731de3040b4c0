package dev.gptoss.engine.weights;

import java.util.List;
import java.util.stream.IntStream;

/** What every gpt-oss model has in common, for configurations that leave it out. Sizes are never among it. */
final class Defaults {
    static final int EXPERTS_PER_TOKEN = 4;
    static final double RMS_NORM_EPS = 1e-5;
    static final double ROPE_THETA = 150_000;
    static final double YARN_FACTOR = 32;
    static final double YARN_BETA_FAST = 32;
    static final double YARN_BETA_SLOW = 1;
    static final int ORIGINAL_CONTEXT = 4096;
    static final double SWIGLU_ALPHA = 1.702;
    static final double SWIGLU_LIMIT = 7;

    private Defaults() {}

    /** Layers take turns, a sliding one first. */
    static List<LayerType> alternating(int layers) {
        return IntStream.range(0, Math.clamp(layers, 0, ModelConfig.MOST_LAYERS + 1))
                .mapToObj(layer -> layer % 2 == 0 ? LayerType.SLIDING_ATTENTION : LayerType.FULL_ATTENTION)
                .toList();
    }
}
