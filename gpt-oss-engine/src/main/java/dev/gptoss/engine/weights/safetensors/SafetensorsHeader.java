package dev.gptoss.engine.weights.safetensors;

import dev.gptoss.engine.weights.tensor.HeaderInput;
import dev.gptoss.engine.weights.tensor.LittleEndian;
import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.StoredTensor;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The header of a safetensors file: {@code u64 N; N bytes of JSON; data}. Read as a stream, so its cost is that of the
 * tensors it lists.
 */
public final class SafetensorsHeader {
    private static final int LENGTH_BYTES = 8;
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int MOST_DIMENSIONS = 8;

    private final ModelFile file;
    private final long dataStart;
    private final List<StoredTensor> tensors = new ArrayList<>();

    private SafetensorsHeader(ModelFile file, long dataStart) {
        this.file = file;
        this.dataStart = dataStart;
    }

    /** Adds the tensors of {@code file} to {@code set}; they tile the file's data exactly. */
    public static void read(ModelFile file, TensorSet set) {
        if (file.size() < LENGTH_BYTES) {
            throw file.fault("has " + file.size() + " bytes, too few for a safetensors header. Fetch it again.");
        }
        byte[] prefix = new byte[LENGTH_BYTES];
        file.read(0, MemorySegment.ofArray(prefix));
        long length = MemorySegment.ofArray(prefix).get(LittleEndian.LONG, 0);
        if (length < 2 || length > LONGEST_HEADER || length > file.size() - LENGTH_BYTES) {
            throw file.fault("declares a header of " + Long.toUnsignedString(length) + " bytes, the file has "
                    + file.size() + " (and a header at most " + LONGEST_HEADER
                    + "). It is cut, or no safetensors file: fetch it again.");
        }
        var header = new SafetensorsHeader(file, LENGTH_BYTES + length);
        header.parse();
        header.requireTiling();
        header.tensors.forEach(set::add);
    }

    private void parse() {
        try (JsonParser json = HeaderJson.FACTORY.createParser(
                ObjectReadContext.empty(), new HeaderInput(file, LENGTH_BYTES, dataStart))) {
            require(json.nextToken() == JsonToken.START_OBJECT, "starts with no JSON object");
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("__metadata__")) {
                    json.skipChildren();
                } else {
                    require(
                            tensors.size() < TensorSet.MOST_TENSORS,
                            "lists more than " + TensorSet.MOST_TENSORS + " tensors");
                    tensors.add(tensor(name, json));
                }
            }
            require(json.nextToken() == null, "goes on after its JSON object");
        } catch (JacksonException e) {
            throw new WeightsException(
                    file.name() + ": the safetensors header is not valid JSON: " + e.getOriginalMessage()
                            + ". The file is damaged: fetch it again.",
                    e);
        }
    }

    private StoredTensor tensor(String name, JsonParser json) {
        require(json.currentToken() == JsonToken.START_OBJECT, name + " is no object");
        String dtypeName = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "dtype" -> dtypeName = text(name, json);
                case "shape" -> shape = counts(name, "shape", json);
                case "data_offsets" -> offsets = counts(name, "data_offsets", json);
                default -> json.skipChildren();
            }
        }
        if (dtypeName == null || shape == null || offsets == null || offsets.size() != 2) {
            throw fault(name + " lacks dtype, shape or two data_offsets");
        }
        Dtype dtype = Dtype.find(dtypeName);
        if (dtype == null) {
            throw fault(name + " has the unknown dtype " + dtypeName);
        }
        return located(name, dtype, shape, offsets.getFirst(), offsets.getLast());
    }

    private StoredTensor located(String name, Dtype dtype, List<Long> shape, long begin, long end) {
        long dataBytes = file.size() - dataStart;
        if (begin > end || end > dataBytes) {
            throw file.fault(name + " lies at " + begin + " to " + end + " of the data, the file has " + dataBytes
                    + " bytes of data. The file is cut or damaged: fetch it again.");
        }
        long expected = byteSize(shape, dtype.bytes());
        if (expected != end - begin) {
            throw file.fault(name + " has " + (end - begin) + " bytes, " + dtype + " of shape "
                    + StoredTensor.shapeText(shape) + " takes " + (expected < 0 ? "more than any file" : expected)
                    + ". The file is damaged: fetch it again.");
        }
        return new StoredTensor(file, name, dtype.type(), shape, dataStart + begin, expected);
    }

    /** Bytes of a tensor, -1 if they exceed a long. */
    private static long byteSize(List<Long> shape, int elementBytes) {
        long size = elementBytes;
        for (long extent : shape) {
            if (extent != 0 && size > Long.MAX_VALUE / extent) {
                return -1;
            }
            size *= extent;
        }
        return size;
    }

    private String text(String tensor, JsonParser json) {
        require(json.currentToken() == JsonToken.VALUE_STRING, tensor + " has a dtype that is no string");
        return json.getString();
    }

    private List<Long> counts(String tensor, String key, JsonParser json) {
        require(json.currentToken() == JsonToken.START_ARRAY, tensor + " has a " + key + " that is no array");
        var counts = new ArrayList<Long>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT && counts.size() < MOST_DIMENSIONS,
                    tensor + " has a " + key + " that is no short array of integers");
            long count = json.getLongValue();
            require(count >= 0, tensor + " has " + count + " in its " + key);
            counts.add(count);
        }
        return counts;
    }

    private void requireTiling() {
        var ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparingLong(StoredTensor::position).thenComparingLong(StoredTensor::byteSize));
        long end = dataStart;
        for (StoredTensor tensor : ordered) {
            if (tensor.position() != end) {
                throw tensor.fault("begins at byte " + tensor.position() + " of the file, expected " + end
                        + ": tensors must neither overlap nor leave holes. The file is damaged: fetch it again.");
            }
            end += tensor.byteSize();
        }
        if (end != file.size()) {
            throw file.fault("has tensors up to byte " + end + " and " + file.size()
                    + " bytes. The file is damaged: fetch it again.");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw fault(otherwise);
        }
    }

    private WeightsException fault(String what) {
        return file.fault("the safetensors header is damaged: " + what + ". Fetch the file again.");
    }
}
