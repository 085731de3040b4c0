package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "tokenize --nonsense",
                "parse --mode loud",
                "logits",
                "logits --model tiny",
                "logits --model tiny --tokens ids.json --top 0",
                "logits --model tiny --tokens ids.json --species 300",
                "logits --model tiny --tokens ids.json --threads -1",
                "logits --model tiny --tokens ids.json --precision half",
                "logits --model tiny --tokens ids.json --backend gpu",
                "generate --model tiny",
                "generate --model tiny --prompt a --tokens b",
                "generate --model tiny --prompt a --temperature -1",
                "generate --model tiny --prompt a --top-p 0",
                "generate --model tiny --prompt a --max 0",
                "generate --model tiny --prompt a --reasoning deep",
                "bench --model tiny -r 0",
                "bench --model tiny -p 0 -n 0",
                "bench --model tiny -d -1",
                "schema",
                "schema --cases cases.jsonl --order random",
                "chat",
            })
    void wrongUsageIsOneLineAndTwo(String arguments) {
        Outcome outcome = run(arguments);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().strip().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logits --model nothing-here --tokens ids.json",
                "logits --model tiny --tokens nothing-here",
                "generate --model nothing-here --prompt a",
                "generate --model tiny --tokens nothing-here",
                "bench --model nothing-here",
                "schema --cases nothing-here",
                "chat --model nothing-here",
            })
    void aFailureIsOneLineAndOne(String arguments) {
        Outcome outcome = run(arguments);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().strip().lines()).hasSize(1);
        assertThat(outcome.err()).contains("nothing-here");
    }

    @Test
    void helpIsAResult() {
        Outcome outcome = run("bench --help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("--model", "-p", "-n", "-d");
        assertThat(outcome.err()).isEmpty();
    }

    private static Outcome run(String arguments) {
        String model = Resources.path("tiny").toString();
        String[] words = arguments.isEmpty()
                ? new String[0]
                : arguments.replace("--model tiny", "--model " + model).split(" ");
        return Outcome.of("", words);
    }
}
