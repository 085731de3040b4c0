package dev.gptoss.engine.weights.safetensors;

import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The safetensors files of a folder: those its index names, else the single one, else all. */
public final class SafetensorsFolder {
    private static final String SUFFIX = ".safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SINGLE = "model.safetensors";
    private static final int MOST_SHARDS = 10_000;

    private SafetensorsFolder() {}

    /** Whether {@code folder} has safetensors files or an index of them. */
    public static boolean holdsWeights(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX)) || !shards(folder).isEmpty();
    }

    /** Reads the headers of the folder's files into {@code set}. */
    public static void read(Path folder, TensorSet set) {
        Path index = folder.resolve(INDEX);
        if (Files.isRegularFile(index)) {
            readIndexed(folder, index, set);
        } else if (Files.isRegularFile(folder.resolve(SINGLE))) {
            SafetensorsHeader.read(set.own(ModelFile.open(folder.resolve(SINGLE))), set);
        } else {
            shards(folder).forEach(shard -> SafetensorsHeader.read(set.own(ModelFile.open(shard)), set));
        }
    }

    private static void readIndexed(Path folder, Path indexPath, TensorSet set) {
        try (ModelFile index = ModelFile.open(indexPath)) {
            Map<String, String> shardOf = ShardIndex.read(index);
            for (String shard : new TreeSet<>(shardOf.values())) {
                SafetensorsHeader.read(set.own(ModelFile.open(shardPath(folder, index, shard))), set);
            }
            shardOf.forEach((tensor, shard) -> {
                StoredTensor found = set.find(tensor);
                if (found == null || !found.file().name().equals(shard)) {
                    throw index.fault("puts " + tensor + " into " + shard + ", which has no such tensor"
                            + (found == null ? "" : " (" + found.file().name() + " has it)")
                            + ". Index and shards are of different downloads: fetch both again.");
                }
            });
        }
    }

    private static Path shardPath(Path folder, ModelFile index, String shard) {
        if (!isShardName(shard)) {
            throw index.fault("names the shard \"" + shard + "\", expected a *.safetensors file of the same folder.");
        }
        return folder.resolve(shard);
    }

    /** A plain file name; hidden ones are left behind by other systems. */
    private static boolean isShardName(String name) {
        return name.endsWith(SUFFIX)
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
    }

    private static List<Path> shards(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> isShardName(f.getFileName().toString()) && Files.isRegularFile(f))
                    .sorted()
                    .limit(MOST_SHARDS)
                    .toList();
        } catch (IOException e) {
            throw new WeightsException(folder + " cannot be listed: " + e.getMessage() + ".", e);
        }
    }
}
