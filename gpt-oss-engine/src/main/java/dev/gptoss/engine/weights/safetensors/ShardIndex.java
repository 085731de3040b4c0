package dev.gptoss.engine.weights.safetensors;

import dev.gptoss.engine.weights.tensor.HeaderInput;
import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.TensorSet;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** {@code {"metadata": ..., "weight_map": {tensor: file}}}. */
final class ShardIndex {
    private static final long LARGEST = 64 << 20;

    private final ModelFile index;
    private final Map<String, String> shardOf = new LinkedHashMap<>();

    private ShardIndex(ModelFile index) {
        this.index = index;
    }

    /** The file of each tensor. */
    static Map<String, String> read(ModelFile index) {
        if (index.size() > LARGEST) {
            throw index.fault("has " + index.size() + " bytes, an index has at most " + LARGEST + ".");
        }
        var reader = new ShardIndex(index);
        try (JsonParser json =
                HeaderJson.FACTORY.createParser(ObjectReadContext.empty(), new HeaderInput(index, 0, index.size()))) {
            reader.readRoot(json);
        } catch (JacksonException e) {
            throw new WeightsException(
                    index.name() + ": not valid JSON: " + e.getOriginalMessage() + ". Fetch it again.", e);
        }
        if (reader.shardOf.isEmpty()) {
            throw index.fault("has no weight_map, expected one from tensor names to files. Fetch it again.");
        }
        return reader.shardOf;
    }

    private void readRoot(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw index.fault("is no JSON object. Fetch it again.");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isMap = json.currentName().equals("weight_map");
            if (json.nextToken() == JsonToken.START_OBJECT && isMap) {
                readWeightMap(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readWeightMap(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String tensor = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw index.fault("maps " + tensor + " to no file name. Fetch it again.");
            }
            shardOf.put(tensor, json.getString());
            if (shardOf.size() > TensorSet.MOST_TENSORS) {
                throw index.fault("lists more than " + TensorSet.MOST_TENSORS + " tensors.");
            }
        }
    }
}
