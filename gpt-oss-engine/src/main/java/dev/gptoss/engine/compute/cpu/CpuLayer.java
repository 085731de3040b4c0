package dev.gptoss.engine.compute.cpu;

/**
 * One layer, packed. D hidden size, E experts, I intermediate size.
 *
 * @param slides whether its attention sees the window only
 * @param attentionNorm (D)
 * @param query (heads x headDim, D)
 * @param key (kvHeads x headDim, D)
 * @param value (kvHeads x headDim, D)
 * @param sinks (heads)
 * @param output (D, heads x headDim)
 * @param mlpNorm (D)
 * @param router (E, D)
 * @param gateUp E of (I, D), with their SwiGLU
 * @param down E of (D, I)
 */
record CpuLayer(
        boolean slides,
        float[] attentionNorm,
        PackedMatrix query,
        PackedMatrix key,
        PackedMatrix value,
        float[] sinks,
        PackedMatrix output,
        float[] mlpNorm,
        PackedMatrix router,
        PackedMatrix[] gateUp,
        PackedMatrix[] down) {}
