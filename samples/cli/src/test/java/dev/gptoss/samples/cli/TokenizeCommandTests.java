package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenizeCommandTests {

    private static final JsonNode VECTORS = Resources.json("vectors/tokenizer.json");

    @Test
    void ordinaryTextBecomesTheIdsOfTheVectors() {
        assertLines("encode_ordinary", "text", "ids", "tokenize");
        assertLines("encode_ordinary_edge", "text", "ids", "tokenize");
    }

    @Test
    void markersBecomeSpecialIdsWhenAllowed() {
        assertLines("encode_with_special", "text", "ids", "tokenize", "--allow-special");
    }

    @Test
    void idsBecomeTheTextOfTheVectors() {
        assertLines("decode", "ids", "text_replace", "tokenize", "--decode");
    }

    @Test
    void markersStayTextUnlessAllowed() {
        assertThat(Outcome.of("\"<|end|>\"\n", "tokenize").out()).doesNotContain("200007");
    }

    @Test
    void specialIdsDecodeToTheirText() {
        assertThat(Outcome.of("[200006, 200012]\n", "tokenize", "--decode").out())
                .isEqualTo("\"<|start|><|call|>\"\n");
    }

    @Test
    void aBadLineTellsItsErrorAndTheRestGoesOn() {
        Outcome outcome = Outcome.of("\"a\"\nnonsense\n\n[1]\n\"b\"\r\n\"c", "tokenize");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(6);
        assertThat(outcome.lines().getFirst()).isEqualTo("[64]");
        assertThat(outcome.lines().get(4)).isEqualTo("[65]");
        List<JsonNode> lines = outcome.json();
        assertThat(List.of(lines.get(1), lines.get(2), lines.get(3), lines.get(5)))
                .allSatisfy(TokenizeCommandTests::isError);
    }

    @Test
    void aLineThatIsNotUtf8IsABadLine() {
        byte[] line = "\"\u00e9\"\n\"a\"\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Outcome.of(line, "tokenize").lines())
                .containsExactly("{\"error\":\"the line is not UTF-8\"}", "[64]");
    }

    @Test
    void idsOutsideTheVocabularyAreABadLine() {
        Outcome outcome = Outcome.of("[300000]\n[-1]\n[1.5]\n[\"a\"]\n[99999999999]\n{}\n", "tokenize", "--decode");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.json()).hasSize(6).allSatisfy(TokenizeCommandTests::isError);
    }

    @Test
    void noInputIsNoOutput() {
        assertThat(Outcome.of("", "tokenize")).isEqualTo(new Outcome(0, "", ""));
    }

    private static void isError(JsonNode line) {
        assertThat(line.path("error").stringValue()).isNotBlank();
    }

    private static void assertLines(String list, String input, String expected, String... arguments) {
        List<String> inputs = new ArrayList<>();
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode vector : VECTORS.path(list)) {
            inputs.add(Json.write(vector.path(input)));
            results.add(vector.path(expected));
        }

        Outcome outcome = Outcome.of(String.join("\n", inputs) + "\n", arguments);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.json()).isNotEmpty().containsExactlyElementsOf(results);
    }
}
