package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SchemaCommandTests {

    private static final String POINT = """
            {"id": "point", "schema": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": \
            "integer"}}, "required": ["x", "y"], "additionalProperties": false}, "tests": [{"valid": true, "data": \
            {"x": 1, "y": -2}}, {"valid": false, "data": {"x": 1}}, {"valid": false, "data": {"x": 1, "y": "2"}}]}
            """;

    @TempDir
    Path folder;

    @Test
    void verdictsStandInTheOrderOfTheTests() throws IOException {
        Outcome outcome = schema(POINT, "--walks", "3", "--seed", "1");

        assertThat(outcome.exitCode()).isZero();
        JsonNode line = outcome.lastJson();
        assertThat(line.propertyNames()).contains("id", "compiled", "error", "tests", "walks", "compile_us", "mask_us");
        assertThat(line.path("id").stringValue()).isEqualTo("point");
        assertThat(line.path("compiled").booleanValue()).isTrue();
        assertThat(booleans(line.path("tests"))).containsExactly(true, false, false);
        assertThat(line.path("mask_us").propertyNames()).contains("p50", "p99", "max");
        assertThat(line.path("walks")).hasSize(3);
        for (JsonNode walk : line.path("walks")) {
            if (walk.path("finished").booleanValue()) {
                assertThat(Json.read(walk.path("text").stringValue()).propertyNames())
                        .containsExactlyInAnyOrder("x", "y");
            }
        }
    }

    @Test
    void reversedKeysAreAcceptedToo() throws IOException {
        JsonNode line = schema(POINT, "--order", "reversed").lastJson();

        assertThat(booleans(line.path("tests"))).containsExactly(true, false, false);
    }

    @Test
    void aRefusedSchemaIsAVerdictAndABadLineAnError() throws IOException {
        String refused =
                "{\"id\": \"never\", \"schema\": {\"type\": \"string\", \"pattern\": \"(a)\\\\1\"}, \"tests\": []}\n";

        Outcome outcome = schema("nonsense\n" + refused + POINT);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(3);
        assertThat(outcome.json().get(0).path("error").stringValue()).isNotBlank();
        assertThat(outcome.json().get(1).path("compiled").booleanValue()).isFalse();
        assertThat(outcome.json().get(1).path("error").stringValue()).contains("pattern");
        assertThat(outcome.json().get(2).path("compiled").booleanValue()).isTrue();
    }

    private Outcome schema(String lines, String... options) throws IOException {
        Path cases = Files.writeString(folder.resolve("cases.jsonl"), lines);
        List<String> arguments = new ArrayList<>(List.of("schema", "--cases", cases.toString()));
        arguments.addAll(List.of(options));
        return Outcome.of("", arguments.toArray(String[]::new));
    }

    private static List<Boolean> booleans(JsonNode array) {
        List<Boolean> values = new ArrayList<>();
        array.forEach(value -> values.add(value.booleanValue()));
        return values;
    }
}
