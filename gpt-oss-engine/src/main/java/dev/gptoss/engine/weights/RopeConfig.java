package dev.gptoss.engine.weights;

/**
 * Rotary position embedding with YaRN scaling.
 *
 * @param theta base of the frequencies
 * @param factor by how much YaRN stretches the context; 1 leaves the rotation unscaled
 * @param betaFast rotations over the original context above which a dimension keeps its frequency
 * @param betaSlow rotations below which a dimension's frequency is divided by the factor
 * @param originalContext positions the unscaled rotation was trained for
 * @param truncate whether the bounds of the blend are rounded to whole dimensions, as ggml does; false in gpt-oss
 */
public record RopeConfig(
        double theta, double factor, double betaFast, double betaSlow, int originalContext, boolean truncate) {}
