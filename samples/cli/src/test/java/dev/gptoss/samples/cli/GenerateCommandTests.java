package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.samples.nano.NanoModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GenerateCommandTests {

    private static final String TINY = Resources.path("tiny").toString();
    private static final String NANO = NanoModel.path().toString();

    @TempDir
    Path folder;

    @Test
    void severalInputsAreALineEach() throws IOException {
        Outcome outcome = tokens(TINY, "[1, 2, 3]\n[999]\nnonsense\n[4]\n", "--max", "4", "--temperature", "0");

        assertThat(outcome.exitCode()).isEqualTo(1);
        List<JsonNode> lines = outcome.json();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("ids")).hasSize(4);
        assertThat(lines.get(1).path("error").stringValue()).contains("999");
        assertThat(lines.get(2).path("error").stringValue()).contains("not JSON");
        assertThat(lines.get(3).path("ids")).hasSize(4);
    }

    @Test
    void theLineTellsEverything() throws IOException {
        JsonNode line = tokens(TINY, "[1, 2, 3]\n", "--max", "4", "--json").lastJson();

        assertThat(line.propertyNames())
                .contains(
                        "ids",
                        "text",
                        "reasoning",
                        "tool_calls",
                        "finish_reason",
                        "usage",
                        "timings",
                        "backend",
                        "species",
                        "precision",
                        "threads");
        assertThat(line.path("usage").propertyNames())
                .containsExactlyInAnyOrder("prompt", "cached", "reasoning", "completion");
        assertThat(line.path("usage").path("prompt").intValue()).isEqualTo(3);
        assertThat(line.path("usage").path("completion").intValue()).isEqualTo(4);
        assertThat(line.path("finish_reason").stringValue()).isEqualTo("length");
        assertThat(line.path("precision").stringValue()).isEqualTo("fast");
    }

    @Test
    void theSameSeedGivesTheSameIds() throws IOException {
        String[] options = {"--max", "12", "--seed", "5", "--json", "--temperature", "1.5"};

        assertThat(tokens(TINY, "[1, 2, 3]\n", options).lastJson().path("ids"))
                .isEqualTo(tokens(TINY, "[1, 2, 3]\n", options).lastJson().path("ids"));
    }

    @Test
    void greedyTokensAreThoseOfTheBenchmark() throws IOException {
        for (String precision : new String[] {"exact", "fast"}) {
            JsonNode bench = Outcome.of(
                            "", "bench", "--model", TINY, "-p", "21", "-n", "9", "-r", "1", "--precision", precision)
                    .lastJson();
            int[] prompt = Arrays.copyOf(BenchPlan.fill(21, 320), 22);
            prompt[21] = BenchPlan.firstDecoded(320);
            JsonNode generated = tokens(
                            TINY,
                            Json.write(Json.array(prompt)),
                            "--max",
                            "9",
                            "--temperature",
                            "0",
                            "--precision",
                            precision,
                            "--json")
                    .lastJson();

            assertThat(generated.path("ids")).as(precision).isEqualTo(bench.path("ids"));
        }
    }

    @Test
    void rawTokensOfTheSmallModelContinueAsRecorded() throws IOException {
        JsonNode recorded =
                Json.read(Files.readAllLines(Resources.path("greedy.jsonl")).get(1));

        JsonNode line = tokens(
                        NANO,
                        Json.write(recorded.path("prompt")),
                        "--max",
                        "200",
                        "--temperature",
                        "0",
                        "--precision",
                        "exact",
                        "--json")
                .lastJson();

        assertThat(line.path("ids")).isEqualTo(recorded.path("ids"));
        assertThat(line.path("finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(line.path("tool_calls")).hasSize(1);
        assertThat(line.path("tool_calls").get(0).path("name").stringValue()).isEqualTo("find_flights");
        assertThat(Json.read(line.path("tool_calls").get(0).path("arguments").stringValue())
                        .isObject())
                .isTrue();
        assertThat(line.path("reasoning").stringValue()).isNotBlank();
    }

    @Test
    void aPromptIsAnsweredInText() {
        Outcome outcome =
                Outcome.of("", "generate", "--model", NANO, "--prompt", "Hello, who are you?", "--temperature", "0");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("gpt-oss-nano").endsWith("\n");
        assertThat(outcome.err()).contains("tokens, stop");
    }

    @Test
    void aConversationKeepsItsOwnSystemMessage() throws IOException {
        String conversation = """
                {"messages": [{"role": "system", "content": [{"system": {"identity": "You are ChatGPT, a large language \
                model trained by OpenAI.", "cutoff": "2024-06", "effort": "low", "channels": ["analysis", "commentary", \
                "final"]}}]}, {"role": "user", "content": "Hello, who are you?"}], "next_role": "assistant"}
                """;
        Path file = Files.writeString(folder.resolve("conversation.jsonl"), conversation);
        int rendered = Outcome.of(conversation, "render").lastJson().path("ids").size();

        JsonNode line = Outcome.of(
                        "",
                        "generate",
                        "--model",
                        NANO,
                        "--conversation",
                        file.toString(),
                        "--temperature",
                        "0",
                        "--json")
                .lastJson();

        assertThat(line.path("usage").path("prompt").intValue()).isEqualTo(rendered);
        assertThat(line.path("text").stringValue()).contains("gpt-oss-nano");
    }

    @Test
    void aStopTextEndsTheAnswerBeforeIt() {
        Outcome outcome = Outcome.of(
                "",
                "generate",
                "--model",
                NANO,
                "--prompt",
                "Hello, who are you?",
                "--temperature",
                "0",
                "--stop",
                "nano",
                "--json");

        assertThat(outcome.lastJson().path("text").stringValue()).endsWith("gpt-oss-");
    }

    private Outcome tokens(String model, String lines, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.jsonl"), lines);
        List<String> arguments = new ArrayList<>(List.of("generate", "--model", model, "--tokens", file.toString()));
        arguments.addAll(List.of(options));
        return Outcome.of("", arguments.toArray(String[]::new));
    }
}
