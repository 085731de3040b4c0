package dev.gptoss.engine.compute;

import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.WeightVector;
import dev.gptoss.engine.weights.Weights;

/** The weights of a model under another configuration. */
public record OtherConfig(Weights weights, ModelConfig config) implements Weights {

    /** The same model with the bounds of YaRN's blend rounded, as ggml does. */
    public static Weights truncated(Weights weights) {
        RopeConfig rope = weights.config().rope();
        return withRope(
                weights,
                new RopeConfig(
                        rope.theta(), rope.factor(), rope.betaFast(), rope.betaSlow(), rope.originalContext(), true));
    }

    public static Weights withRope(Weights weights, RopeConfig rope) {
        ModelConfig c = weights.config();
        return new OtherConfig(
                weights,
                new ModelConfig(
                        c.hiddenSize(),
                        c.intermediateSize(),
                        c.heads(),
                        c.kvHeads(),
                        c.headDim(),
                        c.experts(),
                        c.expertsPerToken(),
                        c.vocabulary(),
                        c.slidingWindow(),
                        c.layerTypes(),
                        c.rmsNormEps(),
                        rope,
                        c.maxContext(),
                        c.swigluAlpha(),
                        c.swigluLimit()));
    }

    @Override
    public WeightMatrix embedding() {
        return weights.embedding();
    }

    @Override
    public LayerWeights layer(int layer) {
        return weights.layer(layer);
    }

    @Override
    public WeightVector finalNorm() {
        return weights.finalNorm();
    }

    @Override
    public WeightMatrix head() {
        return weights.head();
    }

    @Override
    public String source() {
        return weights.source();
    }

    @Override
    public long byteSize() {
        return weights.byteSize();
    }

    @Override
    public void close() {
        weights.close();
    }
}
