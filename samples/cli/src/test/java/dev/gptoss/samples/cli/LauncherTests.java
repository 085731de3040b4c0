package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gptoss.samples.nano.NanoModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged program, started by its launcher as a user would. */
class LauncherTests {

    private static final Path LAUNCHER = Path.of("gpt-oss").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void needsAShell() {
        assumeThat(Files.isExecutable(Path.of("/bin/sh"))).as("a POSIX shell").isTrue();
    }

    @Test
    void textIsUtf8WhateverTheLocale() throws Exception {
        for (String locale : new String[] {"C", "POSIX", "C.UTF-8"}) {
            Outcome outcome = start(Map.of("LC_ALL", locale), "\"Grüße 😀\"\n", "tokenize");
            Outcome back = start(Map.of("LC_ALL", locale), outcome.out(), "tokenize", "--decode");

            assertThat(back).isEqualTo(new Outcome(0, "\"Grüße 😀\"\n", ""));
        }
    }

    /** A script, because this process may itself run in a locale that has no umlauts. */
    @Test
    void argumentsAndFileNamesAreUtf8WhateverTheLocale() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), """
                LC_ALL=C; export LC_ALL
                echo '[1, 2]' > 'ids mit ümlaut.json'
                "$1" logits --model "$2" --tokens 'ids mit ümlaut.json' --top 1 || exit 3
                "$1" synth --shape füße-😀 --out x
                """);

        Outcome outcome = run(Map.of(), "", List.of("/bin/sh", script.toString(), LAUNCHER.toString(), tiny()));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(2);
        assertThat(outcome.err()).contains("No shape füße-😀");
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws Exception {
        Path old = folder.resolve("jdk-17");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho old; exit 9\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        // The JDK of this test is the one to be found.
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin/java"));
        Outcome outcome = start(
                Map.of("JAVA_HOME", old.toString(), "PATH", bin + ":" + System.getenv("PATH")),
                "[64]\n",
                "tokenize",
                "--decode");

        assertThat(outcome).isEqualTo(new Outcome(0, "\"a\"\n", ""));
    }

    @Test
    void aLinkToTheLauncherWorksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("gpt-oss"), LAUNCHER);

        Outcome outcome = start(link, Map.of(), "[64]\n", "tokenize", "--decode");

        assertThat(outcome).isEqualTo(new Outcome(0, "\"a\"\n", ""));
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        assertThat(start(Map.of(), "", "dance").exitCode()).isEqualTo(2);
        assertThat(start(Map.of(), "x\n", "tokenize").exitCode()).isEqualTo(1);
        assertThat(start(Map.of(), "", "bench", "--model", "nothing-here").exitCode())
                .isEqualTo(1);
        assertThat(start(Map.of(), "", "--version").exitCode()).isZero();
    }

    @Test
    void theCommandsThatComputeRun() throws Exception {
        Path tokens = Files.writeString(folder.resolve("tokens.json"), "[1, 2, 3]\n");
        Path model = folder.resolve("made-up.gguf");
        Path shape = Resources.path("tiny/config.json");

        assertThat(start(Map.of(), "", "synth", "--shape", shape.toString(), "--out", model.toString())
                        .exitCode())
                .isZero();
        Outcome generated = start(
                Map.of(),
                "",
                "generate",
                "--model",
                model.toString(),
                "--tokens",
                tokens.toString(),
                "--max",
                "3",
                "--json");
        JsonNode bench = start(Map.of(), "", "bench", "--model", model.toString(), "-p", "9", "-n", "3", "-r", "1")
                .lastJson();

        assertThat(generated.exitCode()).as(generated.err()).isZero();
        assertThat(generated.lastJson().path("ids")).isNotEmpty();
        assertThat(bench.path("ids")).hasSize(3);
        assertThat(bench.path("backend").stringValue()).isNotBlank();
    }

    @Test
    void harmonyCommandsRun() throws Exception {
        Outcome rendered = start(Map.of(), "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}\n", "render");
        String ids = rendered.lastJson().path("ids").toString();
        Outcome parsed = start(Map.of(), "{\"ids\": " + ids + "}\n", "parse");

        assertThat(parsed.out()).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}\n");
    }

    @Test
    void aChatAnswersAndEnds() throws Exception {
        Outcome outcome = start(
                Map.of("TERM", "dumb"),
                "/reasoning low\nHello, who are you?\n/exit\n",
                "chat",
                "--model",
                NanoModel.path().toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Reasoning: low", "gpt-oss", "tok/s");
    }

    private static String tiny() {
        return Resources.path("tiny").toString();
    }

    private Outcome start(Map<String, String> environment, String input, String... arguments)
            throws IOException, InterruptedException {
        return start(LAUNCHER, environment, input, arguments);
    }

    private Outcome start(Path launcher, Map<String, String> environment, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return run(environment, input, command);
    }

    private Outcome run(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running: " + command);
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
