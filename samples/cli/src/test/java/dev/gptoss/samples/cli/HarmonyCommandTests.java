package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HarmonyCommandTests {

    private static final JsonNode VECTORS = Resources.json("vectors/harmony.json");

    @Test
    void conversationsBecomeTheIdsOfTheVectors() {
        Outcome outcome = Outcome.of(lines("render", UnaryOperator.identity()), "render");

        List<JsonNode> expected = new ArrayList<>();
        for (JsonNode entry : VECTORS.path("render")) {
            expected.add(Json.object().set("ids", entry.path("ids")));
        }
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.json()).isNotEmpty().containsExactlyElementsOf(expected);
    }

    @Test
    void strictModeIsTheReference() {
        Outcome outcome = Outcome.of(lines("parse", HarmonyCommandTests::input), "parse", "--mode", "strict");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(VECTORS.path("parse").size());
        assertResults(outcome.json(), entry -> entry.path("strict").path("messages"));
    }

    @Test
    void lenientModeIsTheReferenceAndRecoversWhereItRaises() {
        String input = lines("parse", HarmonyCommandTests::input);
        Outcome lenient = Outcome.of(input, "parse");
        Outcome server = Outcome.of(input, "parse", "--mode", "server");

        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.json()).hasSize(VECTORS.path("parse").size());
        assertResults(lenient.json(), entry -> lenientVector(entry).path("messages"));
        for (int i = 0; i < lenient.json().size(); i++) {
            if (lenientVector(VECTORS.path("parse").get(i)).has("error")) {
                assertThat(lenient.lines().get(i)).isEqualTo(server.lines().get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenient", "server"})
    void anyIdsParse(String mode) {
        Outcome outcome = Outcome.of(
                "{\"ids\": [5, 200005, 200005, 17196, 200008, 200012, 200002, 7, 201087]}\n{\"ids\": []}\n",
                "parse",
                "--mode",
                mode);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.json())
                .hasSize(2)
                .allMatch(line -> line.path("messages").isArray());
    }

    @Test
    void badLinesTellWhatIsWrong() {
        Outcome outcome = Outcome.of("""
                {"messages": [{"role": "nobody", "content": "x"}]}
                []
                {"messages": [{"role": "user", "content": "x"}], "next_role": "assistant"}
                {"messages": [{"role": "tool", "content": "x"}]}
                """, "render");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(4);
        assertThat(outcome.lines().get(0)).contains("error", "role");
        assertThat(outcome.lines().get(1)).contains("expected an object");
        assertThat(outcome.lines().get(2)).isEqualTo("{\"ids\":[200006,1428,200008,87,200007,200006,173781]}");
        assertThat(outcome.lines().get(3)).contains("error");
    }

    private static JsonNode lenientVector(JsonNode entry) {
        return entry.path("lenient").isString() ? entry.path("strict") : entry.path("lenient");
    }

    /** Where the vector has messages, the result has them too; where it raises, nothing is asserted here. */
    private static void assertResults(List<JsonNode> results, Function<JsonNode, JsonNode> expected) {
        int index = 0;
        int compared = 0;
        for (JsonNode entry : VECTORS.path("parse")) {
            JsonNode result = results.get(index++);
            if (expected.apply(entry).isArray()) {
                compared++;
                assertThat(result.path("messages"))
                        .as(entry.path("name").stringValue())
                        .isEqualTo(expected.apply(entry));
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static JsonNode input(JsonNode entry) {
        ObjectNode input = Json.object();
        input.set("ids", entry.path("ids"));
        input.set("role", entry.path("role"));
        return input;
    }

    private static String lines(String list, UnaryOperator<JsonNode> input) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode entry : VECTORS.path(list)) {
            lines.append(Json.write(input.apply(entry))).append('\n');
        }
        return lines.toString();
    }
}
