package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class HarmonyRendererTests {

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyRenderer renderer = new HarmonyRenderer(tokenizer);

    @ParameterizedTest
    @MethodSource
    void conversationsRenderToTheRecordedTextAndIds(JsonNode vector) {
        int[] ids = RenderEntry.read(vector).render(renderer);
        assertThat(tokenizer.decode(ids)).isEqualTo(vector.get("text").asString());
        assertThat(ids).isEqualTo(HarmonyVectors.ids(vector));
    }

    static Stream<Named<JsonNode>> conversationsRenderToTheRecordedTextAndIds() {
        return HarmonyVectors.of("render");
    }
}
