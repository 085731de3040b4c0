package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mends the arguments of a call that are not the one JSON object they should be. */
public final class CallArguments {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final String WRAPPER = "arguments";

    private CallArguments() {}

    /**
     * The first complete JSON object of a text, taken out of a JSON string or out of a single {@code "arguments"} member
     * where it was put into one; the text unchanged if it holds no object.
     */
    public static String repaired(String written) {
        String object = firstObject(written);
        if (object == null) {
            return written;
        }
        try {
            JsonNode tree = MAPPER.readTree(object);
            JsonNode inner = tree.size() == 1 ? tree.get(WRAPPER) : null;
            if (inner != null && inner.isObject()) {
                return inner.toString();
            }
            String unwrapped = inner != null && inner.isString() ? firstObject(inner.stringValue()) : null;
            return unwrapped == null ? object : unwrapped;
        } catch (JacksonException e) {
            return object;
        }
    }

    private static @Nullable String firstObject(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_STRING) {
                String inner = parser.getString();
                return inner.startsWith("{") ? firstObject(inner) : null;
            }
            if (first != JsonToken.START_OBJECT) {
                return null;
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getCharOffset();
            return parser.currentToken() == JsonToken.END_OBJECT ? text.substring(start, end) : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
