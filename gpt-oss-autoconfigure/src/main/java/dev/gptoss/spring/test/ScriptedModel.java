package dev.gptoss.spring.test;

import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a scripted engine says it has loaded: the smallest model that could be one. */
final class ScriptedModel {

    static final ModelInfo INFO = new ModelInfo(
            "scripted",
            new ModelConfig(
                    2,
                    2,
                    1,
                    1,
                    2,
                    1,
                    1,
                    201_088,
                    128,
                    List.of(LayerType.FULL_ATTENTION),
                    1e-5f,
                    new RopeConfig(150_000, 32, 32, 1, 4096, false),
                    131_072,
                    1.702f,
                    7f),
            131_072,
            "scripted",
            0,
            Precision.EXACT,
            1,
            Map.of("weights", 0L),
            Duration.ZERO);

    private ScriptedModel() {}
}
