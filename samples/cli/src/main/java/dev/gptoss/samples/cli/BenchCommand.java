package dev.gptoss.samples.cli;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Precision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = "Tokens a second of prefill and greedy decode. The last line is JSON.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    /** Rows of a prefill step. */
    private static final int ROWS = 512;

    private final Console console;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(names = "-p", paramLabel = "P", description = "Tokens of the prompt. Default: ${DEFAULT-VALUE}.")
    int promptTokens = 128;

    @Option(names = "-n", paramLabel = "N", description = "Tokens to decode. Default: ${DEFAULT-VALUE}.")
    int newTokens = 16;

    @Option(names = "-r", paramLabel = "R", description = "Repetitions. Default: ${DEFAULT-VALUE}.")
    int repetitions = 3;

    @Option(names = "-d", paramLabel = "D", description = "Positions before the prompt. Default: ${DEFAULT-VALUE}.")
    int depth;

    @Option(names = "--json", description = "The JSON line alone.")
    boolean wantsJsonAlone;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        EngineOptions options = model.engineOptions(Precision.FAST, console);
        BenchPlan plan;
        try {
            plan = new BenchPlan(promptTokens, newTokens, repetitions, depth);
            options = options.withContextLength(plan.positions());
        } catch (IllegalArgumentException wrong) {
            throw model.wrongUsage(Failures.message(wrong));
        }
        long start = System.nanoTime();
        try (SingleSequence sequence = SingleSequence.open(options, Math.min(ROWS, plan.longestFill()), 1)) {
            double loadSeconds = (System.nanoTime() - start) / 1e9;
            BenchRun run = new BenchRun(plan, sequence, console);
            run.measure();
            if (!wantsJsonAlone) {
                console.line(run.summary());
            }
            console.line(Json.write(run.report(loadSeconds)));
        }
        return 0;
    }
}
