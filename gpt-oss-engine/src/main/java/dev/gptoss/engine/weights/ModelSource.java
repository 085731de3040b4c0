package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.gguf.GgufFiles;
import dev.gptoss.engine.weights.gguf.GgufMetadata;
import dev.gptoss.engine.weights.safetensors.SafetensorsFolder;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells which kind of model lies at a path, and opens it. */
final class ModelSource {
    private static final String CONFIG = "config.json";

    private ModelSource() {}

    static Weights open(Path path) {
        if (!Files.exists(path)) {
            throw new WeightsException(path + " does not exist, expected a model's folder or a GGUF file.");
        }
        if (!Files.isDirectory(path)) {
            requireNoShard(path);
            return openGguf(path);
        }
        if (SafetensorsFolder.holdsWeights(path)) {
            return openSafetensors(path);
        }
        List<Path> ggufs = ggufs(path);
        if (ggufs.size() == 1) {
            return openGguf(ggufs.getFirst());
        }
        if (ggufs.size() > 1) {
            throw new WeightsException(path + " has several GGUF models: "
                    + ggufs.stream().map(f -> f.getFileName().toString()).toList() + ". Give the path of one.");
        }
        Path original = path.resolve("original");
        if (Files.isDirectory(original) && SafetensorsFolder.holdsWeights(original)) {
            return openSafetensors(original);
        }
        throw new WeightsException(path + " holds no model. Looked for " + CONFIG
                + " with model.safetensors.index.json or *.safetensors, for one *.gguf, and for the same in original/."
                + " A download may be incomplete: fetch it again.");
    }

    private static void requireNoShard(Path path) {
        if (path.toString().endsWith(".safetensors")) {
            throw new WeightsException(path + " is part of a model. Give its folder, where " + CONFIG + " is.");
        }
    }

    private static Weights openSafetensors(Path folder) {
        if (!Files.isRegularFile(folder.resolve(CONFIG))) {
            throw new WeightsException(folder + " has safetensors and no " + CONFIG
                    + ", which gives the model's sizes. Fetch it from where the weights came from.");
        }
        return owned(set -> {
            ConfigJson json = ConfigJson.read(folder.resolve(CONFIG));
            ModelConfig config = readConfig(json);
            SafetensorsFolder.read(folder, set);
            var tensors = new ModelTensors(folder.toString(), set, new ScratchPool());
            Layout layout = OriginalConfig.matches(json)
                    ? new OriginalLayout(config, tensors)
                    : new HuggingFaceLayout(config, tensors);
            return new FileWeights(config, layout, tensors);
        });
    }

    private static Weights openGguf(Path path) {
        return owned(set -> {
            GgufMetadata metadata = GgufFiles.read(path, set);
            ModelConfig config = named(path.toString(), () -> GgufConfig.read(metadata, set));
            var tensors = new ModelTensors(path.toString(), set, new ScratchPool());
            var layout = new GgufLayout(config, tensors, GgufConfig.interleavesGateUp(metadata));
            return new FileWeights(config, layout, tensors);
        });
    }

    /** The configuration in {@code json}, whichever layout it describes. */
    static ModelConfig readConfig(ConfigJson json) {
        return named(
                json.file(),
                () -> OriginalConfig.matches(json) ? OriginalConfig.read(json) : HuggingFaceConfig.read(json));
    }

    private interface Opener {
        FileWeights open(TensorSet set);
    }

    /** Closes what was opened if the model turns out unusable. */
    private static Weights owned(Opener opener) {
        var set = new TensorSet();
        try {
            return opener.open(set).checked();
        } catch (Throwable e) {
            set.close();
            throw e;
        }
    }

    private interface ConfigReader {
        ModelConfig read();
    }

    /** The sizes are checked where no file is known. */
    private static ModelConfig named(String file, ConfigReader reader) {
        try {
            return reader.read();
        } catch (IllegalArgumentException e) {
            throw new WeightsException(file + ": " + e.getMessage() + " Fetch the file again.", e);
        }
    }

    /** GGUF models of a folder; a split one counts by its first part. */
    private static List<Path> ggufs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".gguf") && Files.isRegularFile(f))
                    .filter(f -> !GgufFiles.isLaterPart(f))
                    .sorted()
                    .limit(10)
                    .toList();
        } catch (IOException e) {
            throw new WeightsException(folder + " cannot be listed: " + e.getMessage() + ".", e);
        }
    }
}
