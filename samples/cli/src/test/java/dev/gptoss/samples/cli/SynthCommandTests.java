package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynthCommandTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"gguf, q8_0", "gguf, bf16", "safetensors, bf16"})
    void aShapeFileBecomesAModelThatOpens(String format, String dense) throws IOException {
        Path model = folder.resolve("deeper/model");

        Outcome outcome = synth(model, "--format", format, "--dense", dense, "--seed", "7");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEmpty();
        try (Weights weights = Weights.open(model)) {
            assertThat(weights.config().vocabulary()).isEqualTo(320);
            assertThat(weights.config().layers()).isEqualTo(4);
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        for (String name : new String[] {"a", "b"}) {
            assertThat(synth(folder.resolve(name), "--seed", "7").exitCode()).isZero();
        }
        synth(folder.resolve("c"), "--seed", "8");

        assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("b"))).isEqualTo(-1);
        assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("c"))).isNotEqualTo(-1);
    }

    @Test
    void safetensorsHaveNoQ8() {
        Outcome outcome = synth(folder.resolve("a"), "--format", "safetensors", "--dense", "q8_0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("bf16");
    }

    @Test
    void anUnknownShapeIsAFailure() {
        Outcome outcome = Outcome.of(
                "", "synth", "--shape", "7b", "--out", folder.resolve("a").toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("No shape 7b");
    }

    private static Outcome synth(Path out, String... options) {
        String[] arguments = new String[5 + options.length];
        arguments[0] = "synth";
        arguments[1] = "--shape";
        arguments[2] = Resources.path("tiny/config.json").toString();
        arguments[3] = "--out";
        arguments[4] = out.toString();
        System.arraycopy(options, 0, arguments, 5, options.length);
        return Outcome.of("", arguments);
    }
}
