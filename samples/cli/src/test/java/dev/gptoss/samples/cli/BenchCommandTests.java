package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Precision;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BenchCommandTests {

    @Test
    void theLineTellsEverything() {
        JsonNode line =
                bench("-p", "20", "-n", "4", "-t", "1", "-r", "2", "-d", "7").lastJson();

        assertThat(line.propertyNames())
                .containsExactlyInAnyOrder(
                        "pp",
                        "tg",
                        "depth",
                        "threads",
                        "reps",
                        "prefill_tok_s",
                        "decode_tok_s",
                        "prefill_runs",
                        "decode_runs",
                        "load_s",
                        "peak_rss_bytes",
                        "read_gb_s",
                        "backend",
                        "species",
                        "precision",
                        "ids");
        assertThat(line.path("pp").intValue()).isEqualTo(20);
        assertThat(line.path("tg").intValue()).isEqualTo(4);
        assertThat(line.path("depth").intValue()).isEqualTo(7);
        assertThat(line.path("threads").intValue()).isEqualTo(1);
        assertThat(line.path("reps").intValue()).isEqualTo(2);
        assertThat(line.path("prefill_runs")).hasSize(2);
        assertThat(line.path("decode_runs")).hasSize(2);
        assertThat(line.path("ids")).hasSize(4);
        assertThat(line.path("prefill_tok_s").doubleValue()).isPositive();
        assertThat(line.path("decode_tok_s").doubleValue()).isPositive();
        assertThat(line.path("peak_rss_bytes").longValue()).isGreaterThan(10_000_000);
    }

    /** Window 4 and a depth far beyond it: what the ring held at the depth must come back for each repetition. */
    @ParameterizedTest
    @CsvSource({"0, 5, exact", "40, 600, exact", "40, 9, fast"})
    void everyRepetitionIsThePlainGreedyContinuation(int depth, int prompt, String precision) {
        JsonNode line = bench("-d", "" + depth, "-p", "" + prompt, "-n", "12", "--precision", precision)
                .lastJson();

        int[] ids = new int[12];
        EngineOptions options = EngineOptions.of(Resources.path("tiny"))
                .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)))
                .withContextLength(depth + prompt + 12);
        try (SingleSequence sequence = SingleSequence.open(options, 7, 1)) {
            sequence.append(BenchPlan.fill(depth, 320));
            sequence.append(BenchPlan.fill(prompt, 320));
            for (int i = 0; i < ids.length; i++) {
                ids[i] = sequence.greedy(i == 0 ? 5000 % 320 : ids[i - 1]);
            }
        }
        assertThat(line.path("ids")).isEqualTo(Json.array(ids));
    }

    @Test
    void jsonAloneIsOneLine() {
        assertThat(bench("-p", "4", "-n", "2", "--json").lines()).hasSize(1);
        assertThat(bench("-p", "4", "-n", "2").lines()).hasSizeGreaterThan(1);
    }

    private static Outcome bench(String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "bench";
        arguments[1] = "--model";
        arguments[2] = Resources.path("tiny").toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        Outcome outcome = Outcome.of("", arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }
}
