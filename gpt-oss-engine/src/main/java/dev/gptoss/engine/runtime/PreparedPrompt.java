package dev.gptoss.engine.runtime;

import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.harmony.HarmonyParser;
import org.jspecify.annotations.Nullable;

/**
 * A request as the engine thread needs it, made by the submitting thread.
 *
 * @param tokens the prompt
 * @param parser placed where the prompt ends
 * @param hasTools whether tools are declared
 * @param constraint what may be said, placed where the prompt ends; null for anything
 */
record PreparedPrompt(
        int[] tokens,
        HarmonyParser parser,
        boolean hasTools,
        @Nullable Constraint constraint) {}
