package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.LayerWeights;
import dev.gptoss.engine.weights.Linear;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.WeightMatrix;
import dev.gptoss.engine.weights.WeightVector;
import dev.gptoss.engine.weights.Weights;
import java.nio.file.Path;
import java.util.List;

/**
 * A model whose matrices of attention and head are read as Q8_0. The router stays as stored, since it decides which
 * experts compute; so do the experts, and the embedding, of which a token reads one row.
 */
record QuantisedWeights(Weights stored) implements Weights {

    @Override
    public ModelConfig config() {
        return stored.config();
    }

    @Override
    public WeightMatrix embedding() {
        return stored.embedding();
    }

    @Override
    public LayerWeights layer(int index) {
        LayerWeights layer = stored.layer(index);
        return new LayerWeights(
                layer.attentionNorm(),
                quantised(layer.query()),
                quantised(layer.key()),
                quantised(layer.value()),
                quantised(layer.output()),
                layer.sinks(),
                layer.mlpNorm(),
                layer.router(),
                layer.experts());
    }

    private static Linear quantised(Linear linear) {
        return new Linear(QuantisedMatrix.of(linear.weight()), linear.bias());
    }

    @Override
    public WeightVector finalNorm() {
        return stored.finalNorm();
    }

    @Override
    public WeightMatrix head() {
        return QuantisedMatrix.of(stored.head());
    }

    @Override
    public String source() {
        return stored.source();
    }

    @Override
    public List<Path> files() {
        return stored.files();
    }

    @Override
    public long byteSize() {
        return stored.byteSize();
    }

    @Override
    public void close() {
        stored.close();
    }
}
