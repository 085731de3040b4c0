package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ReferenceParserTests {

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @ParameterizedTest
    @MethodSource("vectors")
    void strictModeGivesTheRecordedMessagesAndDeltas(JsonNode vector) {
        gives(vector, ParseMode.STRICT, vector.get("strict"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void lenientModeGivesTheRecordedMessagesAndDeltas(JsonNode vector) {
        JsonNode lenient = vector.get("lenient");
        gives(vector, ParseMode.LENIENT, lenient.isString() ? vector.get("strict") : lenient);
    }

    static Stream<Named<JsonNode>> vectors() {
        return HarmonyVectors.of("parse");
    }

    private void gives(JsonNode vector, ParseMode mode, JsonNode expected) {
        int[] ids = HarmonyVectors.ids(vector);
        HarmonyParser parser = HarmonyParser.of(tokenizer, mode, HarmonyJson.role(vector, "role"));
        JsonNode error = expected.get("error");
        if (error != null) {
            assertThatThrownBy(() -> feed(parser, ids))
                    .isInstanceOf(HarmonyParseException.class)
                    .hasMessage(error.asString());
            return;
        }
        List<String> deltas = feed(parser, ids);
        assertThat(HarmonyJson.write(parser.messages())).isEqualTo(expected.get("messages"));
        assertThat(deltas)
                .isEqualTo(expected.get("deltas")
                        .valueStream()
                        .map(delta -> delta.isNull() ? null : delta.asString())
                        .toList());
    }

    private static List<String> feed(HarmonyParser parser, int[] ids) {
        List<String> deltas = new ArrayList<>();
        for (int id : ids) {
            parser.accept(id);
            deltas.add(parser.delta());
        }
        parser.finish();
        return deltas;
    }
}
