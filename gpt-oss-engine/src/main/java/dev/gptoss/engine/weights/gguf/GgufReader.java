package dev.gptoss.engine.weights.gguf;

import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.StoredType;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The header of one GGUF file: {@code "GGUF"; u32 version; u64 tensors; u64 metadata entries; entries; tensor infos;
 * padding; data}.
 */
final class GgufReader {
    /** {@code "GGUF"} as a little-endian number. */
    private static final long MAGIC = 0x4655_4747;

    private static final long BIG_ENDIAN_3 = 0x0300_0000;
    private static final int LONGEST_NAME = 1 << 10;
    private static final int MOST_DIMENSIONS = 4;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int LARGEST_ALIGNMENT = 1 << 20;
    /** Name length, dimensions, one extent, type, offset. */
    private static final int LEAST_INFO_BYTES = 8 + 4 + 8 + 4 + 8;

    private static final int PAIRED_MXFP4_ID = 4;

    private final ModelFile file;
    private final GgufInput in;

    private GgufReader(ModelFile file) {
        this.file = file;
        this.in = new GgufInput(file);
    }

    /** Reads the metadata of {@code file} and adds its tensors to {@code set}. */
    static GgufMetadata read(ModelFile file, TensorSet set) {
        var reader = new GgufReader(file);
        reader.requireVersion();
        long tensors = reader.in.count("tensors", LEAST_INFO_BYTES);
        long entries = reader.in.count("metadata entries", MetadataReader.LEAST_ENTRY_BYTES);
        GgufMetadata metadata = MetadataReader.read(file, reader.in, entries);
        reader.tensors(tensors, alignment(metadata)).forEach(set::add);
        return metadata;
    }

    private void requireVersion() {
        if (in.u32() != MAGIC) {
            throw file.fault("does not begin with \"GGUF\". Give a GGUF file or a folder with safetensors.");
        }
        long version = in.u32();
        if (version == BIG_ENDIAN_3) {
            throw file.fault("is a big-endian GGUF file, expected a little-endian one. Fetch the usual file.");
        }
        if (version != 2 && version != 3) {
            throw file.fault("is GGUF version " + version + ", expected 2 or 3. Convert the model again.");
        }
    }

    private static int alignment(GgufMetadata metadata) {
        int alignment = metadata.integer("general.alignment", DEFAULT_ALIGNMENT);
        if (Integer.bitCount(alignment) != 1 || alignment > LARGEST_ALIGNMENT) {
            throw metadata.file()
                    .fault("general.alignment must be a power of two up to " + LARGEST_ALIGNMENT + ", is " + alignment
                            + ". The file is damaged: fetch it again.");
        }
        return alignment;
    }

    private List<StoredTensor> tensors(long count, int alignment) {
        if (count > TensorSet.MOST_TENSORS) {
            throw in.damaged("declares " + count + " tensors, a model has at most " + TensorSet.MOST_TENSORS);
        }
        // Offsets count from the data section, which begins after the last info.
        var relative = new ArrayList<StoredTensor>();
        for (long i = 0; i < count; i++) {
            relative.add(tensor(alignment));
        }
        long dataStart = Math.ceilDiv(in.position(), alignment) * alignment;
        var tensors = new ArrayList<StoredTensor>();
        for (StoredTensor t : relative) {
            if (t.byteSize() > file.size() - dataStart || t.position() > file.size() - dataStart - t.byteSize()) {
                throw t.fault("takes " + t.byteSize() + " bytes from byte " + t.position() + " of the data on, the file"
                        + " has " + Math.max(0, file.size() - dataStart)
                        + " bytes of data. The file is cut or damaged: fetch it again.");
            }
            tensors.add(new StoredTensor(file, t.name(), t.type(), t.shape(), dataStart + t.position(), t.byteSize()));
        }
        requireApart(tensors);
        return tensors;
    }

    /** One info, its position still relative to the data section. */
    private StoredTensor tensor(int alignment) {
        String name = in.string("a tensor name", LONGEST_NAME);
        long dimensions = in.u32();
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw in.damaged("gives " + name + " " + dimensions + " dimensions, expected 1 to " + MOST_DIMENSIONS);
        }
        var shape = new ArrayList<Long>(); // the file has the fastest first
        for (int i = 0; i < dimensions; i++) {
            shape.addFirst(in.u64());
        }
        StoredType type = type(name, in.u32());
        long offset = in.u64();
        if (offset < 0 || offset % alignment != 0) {
            throw in.damaged("puts " + name + " at offset " + Long.toUnsignedString(offset)
                    + ", expected a multiple of " + alignment);
        }
        return new StoredTensor(file, name, type, shape, offset, byteSize(name, type, shape));
    }

    private StoredType type(String name, long id) {
        if (id == PAIRED_MXFP4_ID) {
            return StoredType.PAIRED_MXFP4;
        }
        for (TensorType type : TensorType.values()) {
            if (type.ggufId() == id) {
                return StoredType.of(type);
            }
        }
        throw file.fault(name + " has the ggml type " + id + ", supported are " + List.of(TensorType.values())
                + ". Use a file with one of these, such as the MXFP4 one.");
    }

    private long byteSize(String name, StoredType type, List<Long> shape) {
        TensorType rows = Objects.requireNonNull(type.rows(), type.name());
        long values = 1;
        for (long extent : shape) {
            if (extent < 1 || values > Long.MAX_VALUE / Long.BYTES / extent) {
                throw in.damaged("gives " + name + " the shape " + StoredTensor.shapeText(shape));
            }
            values *= extent;
        }
        if (shape.getLast() % rows.blockValues() != 0) {
            throw in.damaged("gives " + name + " rows of " + shape.getLast() + " values, expected a multiple of "
                    + rows.blockValues() + " for " + type.name());
        }
        return rows.bytes(values);
    }

    private void requireApart(List<StoredTensor> tensors) {
        var ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparingLong(StoredTensor::position));
        for (int i = 1; i < ordered.size(); i++) {
            StoredTensor before = ordered.get(i - 1);
            if (ordered.get(i).position() < before.position() + before.byteSize()) {
                throw ordered.get(i).fault("overlaps " + before.name() + ". The file is damaged: fetch it again.");
            }
        }
    }
}
