package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LogitsCommandTests {

    private static final JsonNode GOLDEN = Resources.json("tiny/tiny_model.json");
    private static final int VOCABULARY = 320;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny/original", "tiny/tiny-mxfp4.gguf"})
    void everyLayoutGivesTheGoldenLogProbabilities(String model) throws IOException {
        Outcome outcome = logits(model, GOLDEN.path("prompt_ids"), "--top", "320");

        assertThat(outcome.exitCode()).isZero();
        List<JsonNode> lines = outcome.json();
        assertThat(lines).hasSize(GOLDEN.path("prompt_ids").size());
        for (int position = 0; position < lines.size(); position++) {
            assertThat(lines.get(position).path("pos").intValue()).isEqualTo(position);
            assertGolden(lines.get(position), GOLDEN.path("logits").get(position));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "scalar"})
    void everyBackendGivesTheGoldenLogProbabilities(String backend) throws IOException {
        Outcome outcome = logits("tiny", GOLDEN.path("prompt_ids"), "--top", "320", "--backend", backend);

        JsonNode last = outcome.json().getLast();
        assertGolden(last, GOLDEN.path("logits").get(GOLDEN.path("prompt_ids").size() - 1));
        assertThat(last.path("backend").stringValue()).isEqualTo(backend);
        assertThat(last.path("precision").stringValue()).isEqualTo("exact");
        assertThat(last.path("threads").isIntegralNumber()).isTrue();
        assertThat(last.path("species").isIntegralNumber()).isTrue();
    }

    @Test
    void aLongPromptCrossesManySteps() throws IOException {
        int[] ids = IntStream.range(0, 600)
                .map(i -> (37 * i * i + 11 * i) % VOCABULARY)
                .toArray();

        Outcome outcome = logits("tiny", Json.array(ids), "--top", "320");

        assertThat(outcome.lines()).hasSize(600);
        assertGolden(outcome.json().getLast(), GOLDEN.path("long").path("logits"));
    }

    @Test
    void theLikeliestStandFirst() throws IOException {
        JsonNode top = logits("tiny", Json.array(new int[] {1, 2}), "--top", "5")
                .json()
                .getLast()
                .path("top");

        assertThat(top).hasSize(5);
        for (int i = 1; i < top.size(); i++) {
            assertThat(top.get(i).get(1).doubleValue())
                    .isLessThanOrEqualTo(top.get(i - 1).get(1).doubleValue());
        }
    }

    @Test
    void twentyAreTheDefault() throws IOException {
        assertThat(logits("tiny", Json.array(new int[] {1})).json().getFirst().path("top"))
                .hasSize(20);
    }

    @Test
    void noTokensAreNoLines() throws IOException {
        assertThat(logits("tiny", Json.array(new int[0]))).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void anIdOutsideTheVocabularyIsAFailure() throws IOException {
        Outcome outcome = logits("tiny", Json.array(new int[] {1, 320}));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("320");
        assertThat(outcome.err().strip().lines()).hasSize(1);
    }

    /** Compares all rows of the vocabulary at one position. */
    private static void assertGolden(JsonNode line, JsonNode logits) {
        double logSum = 0;
        for (JsonNode logit : logits) {
            logSum += Math.exp(logit.doubleValue());
        }
        logSum = Math.log(logSum);
        assertThat(line.path("top")).hasSize(VOCABULARY);
        for (JsonNode pair : line.path("top")) {
            double golden = logits.get(pair.get(0).intValue()).doubleValue() - logSum;
            assertThat(pair.get(1).doubleValue()).isCloseTo(golden, within(1e-3));
        }
    }

    private Outcome logits(String model, JsonNode ids, String... options) throws IOException {
        Path tokens = Files.writeString(folder.resolve("ids.json"), Json.write(ids));
        String[] arguments = new String[5 + options.length];
        arguments[0] = "logits";
        arguments[1] = "--model";
        arguments[2] = Resources.path(model).toString();
        arguments[3] = "--tokens";
        arguments[4] = tokens.toString();
        System.arraycopy(options, 0, arguments, 5, options.length);
        return Outcome.of("", arguments);
    }
}
