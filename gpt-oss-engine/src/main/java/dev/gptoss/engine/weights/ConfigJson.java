package dev.gptoss.engine.weights;

import dev.gptoss.engine.weights.tensor.ModelFile;
import dev.gptoss.engine.weights.tensor.WeightsException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An object of a {@code config.json}, read by key with errors that name it. */
record ConfigJson(String file, String path, JsonNode node) {
    private static final int LARGEST = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    static ConfigJson read(Path path) {
        try (ModelFile file = ModelFile.open(path)) {
            if (file.size() > LARGEST) {
                throw file.fault("has " + file.size() + " bytes, a configuration has at most " + LARGEST + ".");
            }
            byte[] json = new byte[(int) file.size()];
            file.read(0, MemorySegment.ofArray(json));
            JsonNode root = MAPPER.readTree(json);
            if (!root.isObject()) {
                throw file.fault("is no JSON object. Fetch it again.");
            }
            return new ConfigJson(path.toString(), "", root);
        } catch (JacksonException e) {
            throw new WeightsException(path + ": not valid JSON: " + e.getOriginalMessage() + ". Fetch it again.", e);
        }
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The object under {@code key}, or null if there is none. */
    @Nullable
    ConfigJson child(String key) {
        if (!has(key)) {
            return null;
        }
        JsonNode child = node.get(key);
        if (!child.isObject()) {
            throw wrong(key, "an object");
        }
        return new ConfigJson(file, path + key + ".", child);
    }

    int integer(String key) {
        if (!has(key)) {
            throw new WeightsException(file + ": lacks " + path + key + ", expected an integer. Fetch it again.");
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, "an integer");
        }
        return value.intValue();
    }

    int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = node.get(key);
        if (!value.isNumber()) {
            throw wrong(key, "a number");
        }
        return value.doubleValue();
    }

    boolean fact(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = node.get(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.booleanValue();
    }

    @Nullable
    String text(String key) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = node.get(key);
        if (!value.isString()) {
            throw wrong(key, "a string");
        }
        return value.stringValue();
    }

    WeightsException wrong(String key, String expected) {
        String found = String.valueOf(node.get(key));
        String shown = found.length() > 80 ? found.substring(0, 80) + "..." : found;
        return new WeightsException(
                file + ": " + path + key + " must be " + expected + ", is " + shown + ". Fetch the file again.");
    }
}
