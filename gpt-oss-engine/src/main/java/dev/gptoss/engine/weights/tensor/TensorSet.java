package dev.gptoss.engine.weights.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of a model by name, over all its files, which it owns. */
public final class TensorSet implements AutoCloseable {
    /** The 120b has 687; far more is a damaged or hostile file. */
    public static final int MOST_TENSORS = 200_000;

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final List<ModelFile> files = new ArrayList<>();

    /** Takes over {@code file}, to be closed with this set. */
    public ModelFile own(ModelFile file) {
        files.add(file);
        return file;
    }

    /** Adds a tensor; its name must be new. */
    public void add(StoredTensor tensor) {
        StoredTensor earlier = tensors.putIfAbsent(tensor.name(), tensor);
        if (earlier != null) {
            String where = earlier.file() == tensor.file()
                    ? "twice"
                    : "also in " + earlier.file().name();
            throw tensor.fault("is there " + where + ", expected once. Remove files that are not part of this model.");
        }
        if (tensors.size() > MOST_TENSORS) {
            throw tensor.file().fault("has more than " + MOST_TENSORS + " tensors. It is damaged or no model.");
        }
    }

    public @Nullable StoredTensor find(String name) {
        return tensors.get(name);
    }

    public Collection<StoredTensor> all() {
        return Collections.unmodifiableCollection(tensors.values());
    }

    public List<Path> files() {
        return files.stream().map(ModelFile::path).toList();
    }

    /** Bytes of all tensors. */
    public long byteSize() {
        return tensors.values().stream().mapToLong(StoredTensor::byteSize).sum();
    }

    @Override
    public void close() {
        WeightsException failure = null;
        for (ModelFile file : files) {
            try {
                file.close();
            } catch (WeightsException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
