package dev.gptoss.engine.harmony;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors; see PROVENANCE.md of the test resources. */
final class HarmonyVectors {

    private static final JsonNode VECTORS = read();

    private HarmonyVectors() {}

    static Stream<Named<JsonNode>> of(String kind) {
        return VECTORS.get(kind)
                .valueStream()
                .map(vector -> Named.of(vector.get("name").asString(), vector));
    }

    static int[] ids(JsonNode vector) {
        return vector.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static JsonNode read() {
        try (InputStream file = HarmonyVectors.class.getResourceAsStream("/vectors/harmony.json")) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
