package dev.gptoss.samples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a command left behind, run inside this process. */
record Outcome(int exitCode, String out, String err) {

    static Outcome of(String input, String... arguments) {
        return of(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static Outcome of(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(new ByteArrayInputStream(input), out, new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = GptOss.run(console, arguments);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.isEmpty() ? List.of() : Arrays.asList(out.split("\n"));
    }

    /** The last line; others may be for people. */
    JsonNode lastJson() {
        return Json.read(lines().getLast());
    }

    List<JsonNode> json() {
        return lines().stream().map(Json::read).toList();
    }
}
