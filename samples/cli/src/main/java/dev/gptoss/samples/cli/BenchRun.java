package dev.gptoss.samples.cli;

import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One benchmark: a warm-up until times settle, then the measured repetitions. */
final class BenchRun {

    private final BenchPlan plan;
    private final SingleSequence sequence;
    private final Console console;
    private final int[] prompt;
    private final int[] decoded;
    private final double[] prefill;
    private final double[] decode;
    private double readGigabytes;

    BenchRun(BenchPlan plan, SingleSequence sequence, Console console) {
        this.plan = plan;
        this.sequence = sequence;
        this.console = console;
        this.prompt = BenchPlan.fill(plan.promptTokens(), sequence.config().vocabulary());
        this.decoded = new int[plan.newTokens()];
        this.prefill = new double[plan.repetitions()];
        this.decode = new double[plan.repetitions()];
    }

    void measure() {
        sequence.append(BenchPlan.fill(plan.depth(), sequence.config().vocabulary()));
        sequence.save();
        WarmUp warmUp = new WarmUp();
        while (!warmUp.isSettled()) {
            warmUp.took(repeat());
        }
        console.note("warm after " + warmUp.rounds() + " rounds");
        for (int i = 0; i < plan.repetitions(); i++) {
            Round round = repeat();
            prefill[i] = rate(plan.promptTokens(), round.prefillSeconds());
            decode[i] = rate(plan.newTokens(), round.decodeSeconds());
        }
        readGigabytes = readBandwidth();
    }

    /** Seconds of one prompt and one answer. */
    record Round(double prefillSeconds, double decodeSeconds) {}

    private Round repeat() {
        sequence.restore();
        long start = System.nanoTime();
        sequence.append(prompt);
        long answered = System.nanoTime();
        int token = BenchPlan.firstDecoded(sequence.config().vocabulary());
        for (int i = 0; i < decoded.length; i++) {
            token = sequence.greedy(token);
            decoded[i] = token;
        }
        long end = System.nanoTime();
        return new Round((answered - start) / 1e9, (end - answered) / 1e9);
    }

    /** Gigabytes a second of a plain read of the weights by the backend's threads; the median of five, 0 if not offered. */
    private double readBandwidth() {
        double[] rates = new double[5];
        for (int i = 0; i < rates.length; i++) {
            long start = System.nanoTime();
            long bytes = sequence.backend().readWeights();
            rates[i] = bytes / ((System.nanoTime() - start) / 1e9) / 1e9;
        }
        return Median.of(rates);
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "prefill %d: %.2f tok/s   decode %d at depth %d: %.2f tok/s   plain read: %.1f GB/s",
                plan.promptTokens(),
                Median.of(prefill),
                plan.newTokens(),
                plan.depth(),
                Median.of(decode),
                readGigabytes);
    }

    ObjectNode report(double loadSeconds) {
        ObjectNode report = Json.object()
                .put("pp", plan.promptTokens())
                .put("tg", plan.newTokens())
                .put("depth", plan.depth())
                .put("reps", plan.repetitions())
                .put("prefill_tok_s", Median.of(prefill))
                .put("decode_tok_s", Median.of(decode));
        report.set("prefill_runs", array(prefill));
        report.set("decode_runs", array(decode));
        report.put("load_s", loadSeconds)
                .put("peak_rss_bytes", PeakMemory.bytes())
                .put("read_gb_s", readGigabytes);
        Compute.of(sequence.backend()).addTo(report);
        report.set("ids", Json.array(decoded));
        return report;
    }

    private static double rate(int tokens, double seconds) {
        return tokens == 0 ? 0 : tokens / seconds;
    }

    private static ArrayNode array(double[] values) {
        ArrayNode array = Json.object().arrayNode();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
