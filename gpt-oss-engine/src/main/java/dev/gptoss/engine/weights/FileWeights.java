package dev.gptoss.engine.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A model in files. Layers are looked up when asked for, so that an open model costs next to nothing. */
final class FileWeights implements Weights {
    private final ModelConfig config;
    private final Layout layout;
    private final ModelTensors tensors;

    FileWeights(ModelConfig config, Layout layout, ModelTensors tensors) {
        this.config = config;
        this.layout = layout;
        this.tensors = tensors;
    }

    /** Looks up everything once: what is missing or misshapen is an error now and not in the middle of a load. */
    FileWeights checked() {
        layout.embedding();
        layout.finalNorm();
        layout.head();
        for (int layer = 0; layer < config.layers(); layer++) {
            layout.layer(layer);
        }
        return this;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public WeightMatrix embedding() {
        return layout.embedding();
    }

    @Override
    public LayerWeights layer(int layer) {
        return layout.layer(Objects.checkIndex(layer, config.layers()));
    }

    @Override
    public WeightVector finalNorm() {
        return layout.finalNorm();
    }

    @Override
    public WeightMatrix head() {
        return layout.head();
    }

    @Override
    public String source() {
        return tensors.source();
    }

    @Override
    public List<Path> files() {
        return tensors.tensors().files();
    }

    @Override
    public long byteSize() {
        return tensors.tensors().byteSize();
    }

    @Override
    public void close() {
        tensors.tensors().close();
    }
}
