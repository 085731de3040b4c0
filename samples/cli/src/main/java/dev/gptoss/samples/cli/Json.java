package dev.gptoss.samples.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out: one value, one line. */
final class Json {

    /** A line may hold a whole book. */
    private static final int LONGEST_STRING = 1 << 28;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one value.
     *
     * @throws CommandException if the text is not one JSON value
     */
    static JsonNode read(String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value == null || value.isMissingNode()) {
                throw new CommandException("expected a JSON value, found an empty line");
            }
            return value;
        } catch (JacksonException failure) {
            throw new CommandException("not JSON: " + failure.getOriginalMessage() + at(failure));
        }
    }

    /**
     * Reads an array of token ids.
     *
     * @throws CommandException if the value is anything else
     */
    static int[] ids(JsonNode value) {
        if (!value.isArray()) {
            throw new CommandException("expected an array of token ids, found " + kind(value));
        }
        int[] ids = new int[value.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = value.get(i);
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
                throw new CommandException("expected token ids, found " + id + " at index " + i);
            }
            ids[i] = id.intValue();
        }
        return ids;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(int[] ids) {
        ArrayNode array = MAPPER.createArrayNode();
        for (int id : ids) {
            array.add(id);
        }
        return array;
    }

    static String write(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    static String writeText(String text) {
        return MAPPER.writeValueAsString(text);
    }

    static String error(String message) {
        return write(object().put("error", message));
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            default -> "something else";
        };
    }

    private static String at(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : " (column " + failure.getLocation().getColumnNr() + ")";
    }
}
