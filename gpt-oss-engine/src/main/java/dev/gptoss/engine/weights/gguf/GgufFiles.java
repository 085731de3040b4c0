package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.TensorSet;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A GGUF model: one file, or the parts {@code NAME-00001-of-0000N.gguf} of a split one. */
public final class GgufFiles {
    private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
    private static final int MOST_PARTS = 1000;

    private GgufFiles() {}

    /** Whether {@code path} is a later part of a split model, whose first part is the one to open. */
    public static boolean isLaterPart(Path path) {
        Matcher part = PART.matcher(String.valueOf(path.getFileName()));
        return part.matches() && !part.group(2).equals("00001");
    }

    /** Adds the tensors of the model that {@code path}, its only or first file, begins. Returns its metadata. */
    public static GgufMetadata read(Path path, TensorSet set) {
        GgufMetadata metadata = GgufReader.read(set.own(ModelFile.open(path)), set);
        int parts = metadata.integer("split.count", 1);
        if (parts > 1) {
            readLaterParts(path, parts, metadata, set);
        }
        return metadata;
    }

    private static void readLaterParts(Path path, int parts, GgufMetadata metadata, TensorSet set) {
        ModelFile first = metadata.file();
        Matcher part = PART.matcher(first.name());
        if (metadata.integer("split.no", 0) != 0) {
            throw first.fault("is part " + (metadata.integer("split.no") + 1) + " of " + parts
                    + " of a split model, expected the first. Give the file that ends in -00001-of-...");
        }
        if (parts > MOST_PARTS || !part.matches() || Integer.parseInt(part.group(3)) != parts) {
            throw first.fault("is the first of " + parts + " parts, expected a name that ends in -00001-of-"
                    + String.format("%05d", parts) + ".gguf so that the others can be found. Restore the names.");
        }
        for (int i = 2; i <= parts; i++) {
            String name = String.format("%s-%05d-of-%05d.gguf", part.group(1), i, parts);
            GgufMetadata later = GgufReader.read(set.own(ModelFile.open(path.resolveSibling(name))), set);
            if (later.integer("split.no", i - 1) != i - 1 || later.integer("split.count", parts) != parts) {
                throw later.file()
                        .fault("says it is part " + (later.integer("split.no", i - 1) + 1) + " of "
                                + later.integer("split.count", parts) + ", expected " + i + " of " + parts
                                + ". The parts are of different models: fetch them again.");
            }
        }
        int tensors = set.all().size();
        if (metadata.integer("split.tensors.count", tensors) != tensors) {
            throw first.fault("announces " + metadata.integer("split.tensors.count") + " tensors over all parts, found "
                    + tensors + ". The parts are of different models: fetch them again.");
        }
    }
}
