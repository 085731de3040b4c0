package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.weights.ModelConfig;

/** Activations of a step and working memory of members, sized once from the largest step. */
final class Workspace {

    /** The residual stream, (rows, hiddenStride). */
    final float[] hidden;

    final int hiddenStride;

    /** The residual after a norm, (rows, D): input of q, k, v, router and experts. */
    final Activations normed;

    /** Queries, keys and values side by side, (rows, projectedStride). */
    final float[] projected;

    final int projectedStride;

    /** Mixed values, (rows, heads x headDim): input of the output projection. */
    final Activations attended;

    /** Router scores, (rows, E). */
    final float[] scores;

    /** Inside the experts, (rows x expertsPerToken, I): input of the down projection. */
    final Activations inner;

    /** Wanted rows after the last norm, (outputs, D). */
    final Activations last;

    /** (outputs, logitStride). */
    final float[] logits;

    final int logitStride;

    /** Rotation of each row's position, (rows, headDim / 2). */
    final float[] cosines;

    final float[] sines;

    /** One for each member. */
    final Scratch[] scratch;

    Workspace(ModelConfig config, Limits limits, int members, Needs needs, ElementKernel elements) {
        int rows = limits.rows();
        hiddenStride = stride(config.hiddenSize());
        hidden = new float[Math.multiplyExact(rows, hiddenStride)];
        normed = new Activations(rows, config.hiddenSize(), needs.normedQuantised(), needs.normedSums(), elements);
        projectedStride = stride(config.queryWidth() + 2 * config.keyValueWidth());
        projected = new float[Math.multiplyExact(rows, projectedStride)];
        attended =
                new Activations(rows, config.queryWidth(), needs.attendedQuantised(), needs.attendedSums(), elements);
        scores = new float[Math.multiplyExact(rows, config.experts())];
        inner = new Activations(
                Math.multiplyExact(rows, config.expertsPerToken()),
                config.intermediateSize(),
                needs.innerQuantised(),
                needs.innerSums(),
                elements);
        last = new Activations(
                limits.outputs(), config.hiddenSize(), needs.lastQuantised(), needs.lastSums(), elements);
        logitStride = config.vocabulary();
        logits = new float[Math.multiplyExact(limits.outputs(), logitStride)];
        cosines = new float[Math.multiplyExact(rows, config.headDim() / 2)];
        sines = new float[cosines.length];
        scratch = new Scratch[members];
        for (int i = 0; i < members; i++) {
            scratch[i] = new Scratch();
        }
    }

    /** Gives memory back that lives outside this. */
    void release() {
        for (Scratch each : scratch) {
            each.release();
        }
    }

    /** Bytes it takes at most, whatever the matrices need. */
    static long byteSize(ModelConfig config, Limits limits, int members) {
        long perRow = 4L * stride(config.hiddenSize())
                + activationBytes(config.hiddenSize())
                + 4L * stride(config.queryWidth() + 2 * config.keyValueWidth())
                + activationBytes(config.queryWidth())
                + 4L * config.experts()
                + config.expertsPerToken() * activationBytes(config.intermediateSize())
                + 4L * config.headDim();
        long perOutput = activationBytes(config.hiddenSize()) + 4L * config.vocabulary();
        long perMember = 4L * Scratch.MOST_ROWS * Scratch.MOST_TILE_ROWS * 2;
        return limits.rows() * perRow + limits.outputs() * perOutput + members * perMember;
    }

    /** F32 values, integers, and a step and a sum for every few of them. */
    private static long activationBytes(int columns) {
        return 9L * (columns + Activations.UNIT);
    }

    private static int stride(int columns) {
        return Math.ceilDiv(columns, Lanes.COUNT) * Lanes.COUNT;
    }

    /** What the matrices that read each input want derived from it. */
    record Needs(
            boolean normedQuantised,
            boolean normedSums,
            boolean attendedQuantised,
            boolean attendedSums,
            boolean innerQuantised,
            boolean innerSums,
            boolean lastQuantised,
            boolean lastSums) {

        static Needs of(CpuModel model) {
            boolean nq = false, ns = false, aq = false, as = false, iq = false, is = false;
            for (CpuLayer layer : model.layers()) {
                PackedMatrix[] dense = {layer.query(), layer.key(), layer.value(), layer.router()};
                nq |= anyQuantised(dense) || anyQuantised(layer.gateUp());
                ns |= anySums(dense) || anySums(layer.gateUp());
                aq |= layer.output().readsQuantised();
                as |= layer.output().readsSums();
                iq |= anyQuantised(layer.down());
                is |= anySums(layer.down());
            }
            return new Needs(
                    nq,
                    ns,
                    aq,
                    as,
                    iq,
                    is,
                    model.head().readsQuantised(),
                    model.head().readsSums());
        }

        private static boolean anyQuantised(PackedMatrix[] matrices) {
            for (PackedMatrix matrix : matrices) {
                if (matrix.readsQuantised()) {
                    return true;
                }
            }
            return false;
        }

        private static boolean anySums(PackedMatrix[] matrices) {
            for (PackedMatrix matrix : matrices) {
                if (matrix.readsSums()) {
                    return true;
                }
            }
            return false;
        }
    }
}
