package dev.gptoss.samples.cli;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "logits",
        description = "The most likely next tokens after each token, with natural log-probabilities.",
        mixinStandardHelpOptions = true)
final class LogitsCommand implements Callable<Integer> {

    /** Rows of a step. Each wants its whole row of logits, 0.8 MB with the full vocabulary. */
    private static final int ROWS = 64;

    private final Console console;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(names = "--tokens", required = true, paramLabel = "FILE", description = "An array of ids.")
    Path tokens = Path.of("");

    @Option(names = "--top", paramLabel = "K", description = "Tokens for each position. Default: ${DEFAULT-VALUE}.")
    int top = 20;

    LogitsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw model.wrongUsage("--top must be at least 1, was " + top);
        }
        EngineOptions options = model.engineOptions(Precision.EXACT, console);
        int[] ids = Json.ids(Json.read(Lines.text(Files.readAllBytes(tokens))));
        if (ids.length == 0) {
            return 0;
        }
        int rows = Math.min(ROWS, ids.length);
        try (SingleSequence sequence = SingleSequence.open(options.withContextLength(ids.length), rows, rows)) {
            for (int from = 0; from < ids.length; from += rows) {
                int count = Math.min(rows, ids.length - from);
                sequence.appendWanted(ids, from, count, output -> output.candidates = top);
                for (int i = 0; i < count; i++) {
                    console.line(line(from + i, sequence.output(i), sequence));
                }
            }
        }
        return 0;
    }

    private String line(int position, Output output, SingleSequence sequence) {
        ObjectNode line = Json.object().put("pos", position);
        ArrayNode pairs = line.putArray("top");
        int count = Math.min(top, sequence.config().vocabulary());
        for (int i = 0; i < count; i++) {
            pairs.addArray().add(output.candidateIds[i]).add(output.candidateLogprobs[i]);
        }
        return Json.write(Compute.of(sequence.backend()).addTo(line));
    }
}
