package dev.gptoss.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gptoss.engine.weights.TinyModel;
import dev.gptoss.engine.weights.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What every backend keeps, on the tiny model of the specification. */
public abstract class BackendContract {

    private static final JsonNode EXPECTED = TinyModel.expected();
    private static final boolean FULL = Boolean.getBoolean("gptoss.full");
    private static final int VOCABULARY = 320;
    private static final int WINDOW = 4;
    private static final int LONG = 600;
    private static final int[] PROMPT = ints(EXPECTED.get("prompt_ids"));

    /** Worst error of a log-probability in exact mode; 1e-3 is asked for. */
    private static final double EXACT = 2e-5;

    protected abstract String backend();

    protected abstract int species();

    protected abstract List<Integer> threadCounts();

    protected abstract List<Precision> precisions();

    protected final Backend open(Weights weights, Limits limits, Precision precision, int threads) {
        return open(weights, new BackendChoice(backend(), species(), precision, threads, limits));
    }

    private static Backend open(Weights weights, BackendChoice choice) {
        return Backends.load(weights, Backends.plan(weights, choice), LoadListener.NONE);
    }

    private static Limits limits(int rows, int slots, int context) {
        return StepDriver.limits(rows, slots, context, 64, WINDOW);
    }

    // ---- right numbers ----

    @Test
    void logitsOfEveryLayoutAreTheExpectedOnes() {
        float[][] first = promptLogits(Weights.open(TinyModel.huggingFace()));
        for (int p = 0; p < PROMPT.length; p++) {
            double[] expected = Logprobs.of(EXPECTED.get("logits").get(p));
            assertThat(Logprobs.worst(Logprobs.of(first[p]), expected)).isLessThan(EXACT);
            assertThat(argmax(first[p])).isEqualTo(EXPECTED.get("argmax").get(p).asInt());
        }
        assertThat(promptLogits(Weights.open(TinyModel.original()))).isDeepEqualTo(first);
        assertThat(promptLogits(Weights.open(TinyModel.mxfp4Gguf()))).isDeepEqualTo(first);
    }

    @Test
    void logitsFromEveryBlockTypeAreTheExpectedOnes() {
        float[][] logits = promptLogits(Weights.open(TinyModel.mixedGguf()));
        JsonNode mixed = EXPECTED.get("mixed");
        for (int p = 0; p < PROMPT.length; p++) {
            assertThat(argmax(logits[p])).isEqualTo(mixed.get("argmax").get(p).asInt());
        }
        double[] last = Logprobs.of(logits[PROMPT.length - 1]);
        assertThat(Logprobs.worst(last, Logprobs.of(mixed.get("logits_last")))).isLessThan(EXACT);
    }

    @Test
    void truncatedBoundsGiveTheExpectedLogits() {
        float[] last = promptLogits(OtherConfig.truncated(Weights.open(TinyModel.huggingFace())))[PROMPT.length - 1];
        assertThat(Logprobs.worst(Logprobs.of(last), Logprobs.of(EXPECTED.get("logits_truncated_last"))))
                .isLessThan(EXACT);
        float[] mixed = promptLogits(OtherConfig.truncated(Weights.open(TinyModel.mixedGguf())))[PROMPT.length - 1];
        assertThat(Logprobs.worst(Logprobs.of(mixed), Logprobs.of(EXPECTED.at("/mixed/logits_truncated_last"))))
                .isLessThan(EXACT);
    }

    @Test
    void logitsFarBeyondTheWindowAreTheExpectedOnes() {
        expectLong(Weights.open(TinyModel.huggingFace()), EXPECTED.at("/long/logits"));
        expectLong(OtherConfig.truncated(Weights.open(TinyModel.huggingFace())), EXPECTED.at("/long/logits_truncated"));
    }

    /** With BF16 weights as stored and rounded to 8 bits; 0.07 and 0.3 is what 8-bit activations cost elsewhere. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void fastModeErrsNoMoreThanEightBitActivationsDoElsewhere(DenseWeights dense) {
        if (!precisions().contains(Precision.FAST)) {
            return;
        }
        var choice = new BackendChoice(
                backend(), species(), Precision.FAST, dense, KvType.F16, null, 1, limits(128, 1, LONG));
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, choice)) {
            float[][] logits = new StepDriver(backend, VOCABULARY).compute(0, PROMPT, 16);
            double sum = 0;
            double worst = 0;
            for (int p = 0; p < PROMPT.length; p++) {
                double[] expected = Logprobs.of(EXPECTED.get("logits").get(p));
                worst = Math.max(worst, Logprobs.worst(Logprobs.of(logits[p]), expected));
                sum += Logprobs.mean(Logprobs.of(logits[p]), expected);
            }
            float[] last = new StepDriver(backend, VOCABULARY).last(0, longPrompt(LONG), 128);
            double[] expected = Logprobs.of(EXPECTED.at("/long/logits"));
            worst = Math.max(worst, Logprobs.worst(Logprobs.of(last), expected));
            double mean = (sum + Logprobs.mean(Logprobs.of(last), expected)) / (PROMPT.length + 1);
            System.out.printf("tiny, fast, dense %s: error mean %.4f, worst %.4f%n", dense, mean, worst);
            assertThat(mean).isPositive().isLessThan(0.07);
            assertThat(worst).isLessThan(0.3);
        }
    }

    private void expectLong(Weights weights, JsonNode expected) {
        try (weights;
                var backend = open(weights, limits(128, 1, LONG), Precision.EXACT, 1)) {
            float[] last = new StepDriver(backend, VOCABULARY).last(0, longPrompt(LONG), 128);
            assertThat(Logprobs.worst(Logprobs.of(last), Logprobs.of(expected))).isLessThan(EXACT);
        }
    }

    private float[][] promptLogits(Weights weights) {
        try (weights;
                var backend = openSmall(weights, Precision.EXACT)) {
            return new StepDriver(backend, VOCABULARY).compute(0, PROMPT, 16);
        }
    }

    // ---- bits depend on the sequence's tokens alone ----

    @Test
    void chunksAndThreadsDoNotChangeABit() {
        expectEqualBits(longPrompt(FULL ? 530 : 70), 512, 1, 7, 64);
    }

    @Test
    void chunksAsLargeAsTheStepDoNotChangeABit() {
        expectEqualBits(longPrompt(530), 512, 64);
    }

    private void expectEqualBits(int[] tokens, int... chunks) {
        for (Precision precision : precisions()) {
            Result first = null;
            for (int threads : threadCounts()) {
                for (int chunk : chunks) {
                    try (var weights = Weights.open(TinyModel.huggingFace());
                            var backend = open(weights, limits(512, 1, 544), precision, threads)) {
                        var driver = new StepDriver(backend, VOCABULARY);
                        var result = new Result(driver.compute(0, tokens, chunk), pages(backend, driver.step(), 0));
                        first = first == null ? result : first;
                        result.expectBits(first, "chunks of " + chunk + ", " + threads + " threads, " + precision);
                    }
                }
            }
        }
    }

    @Test
    void stepMatesDoNotChangeABit() {
        for (Precision precision : precisions()) {
            for (int threads : threadCounts()) {
                try (var weights = Weights.open(TinyModel.huggingFace());
                        var backend = open(weights, limits(64, 8, 80), precision, threads)) {
                    var driver = new StepDriver(backend, VOCABULARY);
                    int[] tokens = longPrompt(70);
                    var alone = new Result(driver.compute(0, tokens, 7), pages(backend, driver.step(), 0));
                    var random = new Random(3);
                    float[][] logits = new float[tokens.length][VOCABULARY];
                    int[] done = new int[8];
                    while (done[0] < tokens.length) {
                        var pieces = new ArrayList<StepDriver.Piece>();
                        for (int slot = 7; slot >= 0; slot--) {
                            int rows = Math.min(1 + random.nextInt(7), 80 - done[slot]);
                            for (int i = 0; i < rows && (slot > 0 || done[0] < tokens.length); i++) {
                                int p = done[slot]++;
                                int token = slot == 0 ? tokens[p] : random.nextInt(VOCABULARY);
                                pieces.add(new StepDriver.Piece(slot, p, token, slot == 0 ? logits[p] : null));
                            }
                        }
                        driver.compute(pieces);
                    }
                    new Result(logits, pages(backend, driver.step(), 0))
                            .expectBits(alone, "beside seven others, " + threads + " threads, " + precision);
                }
            }
        }
    }

    @Test
    void interleavedSequencesEqualEachAlone() {
        int[][] tokens = {longPrompt(90), reversed(longPrompt(60)), longPrompt(75)};
        for (Precision precision : precisions()) {
            try (var weights = Weights.open(TinyModel.huggingFace());
                    var backend = open(
                            weights,
                            limits(64, 3, 96),
                            precision,
                            threadCounts().getLast())) {
                var driver = new StepDriver(backend, VOCABULARY);
                var alone = new ArrayList<Result>();
                for (int slot = 0; slot < 3; slot++) {
                    alone.add(new Result(driver.compute(slot, tokens[slot], 64), pages(backend, driver.step(), slot)));
                }
                float[][][] logits = new float[3][][];
                int[] done = new int[3];
                for (int slot = 0; slot < 3; slot++) {
                    logits[slot] = new float[tokens[slot].length][VOCABULARY];
                }
                // sequence 0 prefills while 1 decodes, then 2 prefills while both decode
                int[][] rows = {{40, 0, 0}, {20, 20, 0}, {1, 1, 0}, {1, 7, 50}, {1, 1, 1}};
                for (int round = 0; done[0] < 90 || done[1] < 60 || done[2] < 75; round++) {
                    int[] now = rows[Math.min(round, rows.length - 1)];
                    var pieces = new ArrayList<StepDriver.Piece>();
                    for (int i = 0; i < 50; i++) {
                        for (int slot = 0; slot < 3; slot++) { // rows of sequences alternate
                            if (i < now[slot] && done[slot] < tokens[slot].length) {
                                int p = done[slot]++;
                                pieces.add(new StepDriver.Piece(slot, p, tokens[slot][p], logits[slot][p]));
                            }
                        }
                    }
                    driver.compute(pieces);
                }
                for (int slot = 0; slot < 3; slot++) {
                    new Result(logits[slot], pages(backend, driver.step(), slot))
                            .expectBits(alone.get(slot), "sequence " + slot + ", " + precision);
                }
            }
        }
    }

    // ---- pages ----

    @Test
    void forkGoesOnFromCopiedPages() {
        int[] tokens = longPrompt(150);
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(32, 2, 192), Precision.EXACT, 1)) {
            var driver = new StepDriver(backend, VOCABULARY);
            float[][] whole = driver.compute(0, tokens, 32);
            driver.compute(0, Arrays.copyOf(tokens, 133), 32);
            Step step = driver.step();
            backend.kv().copyPages(KvStore.Pool.FULL, step.fullTable(0), step.fullTable(1), 3);
            backend.kv().copyPages(KvStore.Pool.WINDOW, step.ringTable(0), step.ringTable(1), step.ringTable(0).length);
            for (int p = 133; p < tokens.length; p++) {
                float[] logits = new float[VOCABULARY];
                driver.compute(List.of(new StepDriver.Piece(1, p, tokens[p], logits)));
                assertThat(logits).isEqualTo(whole[p]);
            }
        }
    }

    @Test
    void pagesReadAreThePagesWritten() {
        int[] tokens = longPrompt(150);
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(32, 2, 192), precisions().getLast(), 1);
                var arena = Arena.ofConfined()) {
            var driver = new StepDriver(backend, VOCABULARY);
            float[] whole = driver.last(0, tokens, 32);
            driver.last(0, Arrays.copyOf(tokens, 149), 32);
            Step step = driver.step();
            for (var pool : KvStore.Pool.values()) {
                int[] from = pool == KvStore.Pool.FULL ? step.fullTable(0) : step.ringTable(0);
                int[] to = pool == KvStore.Pool.FULL ? step.fullTable(1) : step.ringTable(1);
                var page = arena.allocate(backend.kv().pageBytes(pool));
                for (int i = 0; i < from.length; i++) {
                    backend.kv().readPage(pool, from[i], page);
                    backend.kv().writePage(pool, to[i], page);
                }
            }
            float[] logits = new float[VOCABULARY];
            driver.compute(List.of(new StepDriver.Piece(1, 149, tokens[149], logits)));
            assertThat(logits).isEqualTo(whole);
        }
    }

    // ---- steps ----

    @Test
    void tokenCanBeTheOneDrawnByTheStepBefore() {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(16, 2, 32), Precision.EXACT, 1)) {
            var driver = new StepDriver(backend, VOCABULARY);
            driver.compute(0, PROMPT, 16);
            int drawn = driver.step().output(PROMPT.length - 1).token;
            float[] expected = new float[VOCABULARY];
            driver.compute(List.of(new StepDriver.Piece(0, 12, drawn, expected)));
            driver.compute(1, PROMPT, 16);
            float[] logits = new float[VOCABULARY];
            driver.compute(List.of(new StepDriver.Piece(1, 12, -PROMPT.length, logits)));
            assertThat(logits).isEqualTo(expected);
        }
    }

    @Test
    void cancelledStepLeavesThePositionsBeforeItIntact() {
        int[] tokens = longPrompt(40);
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(32, 1, 64), Precision.EXACT, 1)) {
            var driver = new StepDriver(backend, VOCABULARY);
            float[] whole = driver.last(0, tokens, 8);
            driver.last(0, Arrays.copyOf(tokens, 20), 20);
            Step step = driver.step();
            step.clear();
            for (int p = 20; p < 40; p++) {
                step.addRow(0, p, 1);
            }
            step.cancel();
            assertThat(backend.submit(step).await()).isFalse();
            float[] logits = new float[VOCABULARY];
            for (int p = 20; p < 40; p++) {
                driver.compute(List.of(new StepDriver.Piece(0, p, tokens[p], p == 39 ? logits : null)));
            }
            assertThat(logits).isEqualTo(whole);
        }
    }

    @Test
    void stepsThatBreakTheContractAreRefused() {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(16, 2, 32), Precision.EXACT, 1)) {
            var step = new StepDriver(backend, VOCABULARY).step();
            step.addRow(0, 3, 1);
            step.addRow(0, 5, 1);
            assertThatThrownBy(() -> backend.submit(step))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("position of slot 0 must be 4");
            step.clear();
            step.addRow(0, 0, VOCABULARY);
            assertThatThrownBy(() -> backend.submit(step)).hasMessageContaining("below the vocabulary 320");
            step.clear();
            step.addRow(0, 0, -1);
            assertThatThrownBy(() -> backend.submit(step)).hasMessageContaining("output 0 of the step before");
            step.clear();
            step.fullTable(1)[0] = 1000;
            step.addRow(1, 0, 1);
            assertThatThrownBy(() -> backend.submit(step)).hasMessageContaining("full page must be below");
        }
    }

    @Test
    void candidatesAreThoseOfTheRawLogits() {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = openSmall(weights, Precision.EXACT)) {
            var driver = new StepDriver(backend, VOCABULARY);
            Step step = driver.step();
            for (int p = 0; p < PROMPT.length; p++) {
                step.addRow(0, p, PROMPT[p]);
            }
            Output output = step.addOutput(PROMPT.length - 1);
            output.logits = new float[VOCABULARY];
            output.candidates = 5;
            int likeliest = EXPECTED.get("argmax").get(11).asInt();
            output.mask = new long[5];
            Arrays.fill(output.mask, -1);
            output.mask[likeliest >> 6] &= ~(1L << likeliest);
            assertThat(backend.submit(step).await()).isTrue();
            double[] logprobs = Logprobs.of(output.logits);
            assertThat(output.candidateIds[0]).isEqualTo(likeliest);
            assertThat(output.token).isEqualTo(output.candidateIds[1]);
            for (int i = 0; i < 5; i++) {
                assertThat((double) output.candidateLogprobs[i])
                        .isCloseTo(logprobs[output.candidateIds[i]], within(2e-6));
            }
            assertThat(output.tokenLogprob).isEqualTo(output.candidateLogprobs[1]);
        }
    }

    @Test
    void narrowMasksChooseAsIfAllLogitsWereComputed() {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = openSmall(weights, Precision.FAST)) {
            var driver = new StepDriver(backend, VOCABULARY);
            var random = new Random(5);
            var logits = new float[VOCABULARY];
            for (int round = 0; round < 24; round++) {
                long[] mask = new long[5];
                for (int k = 0; k <= round % 3; k++) {
                    int id = random.nextInt(VOCABULARY);
                    mask[id >> 6] |= 1L << id;
                }
                assertThat(driver.chosen(PROMPT, mask, round, null))
                        .isEqualTo(driver.chosen(PROMPT, mask, round, logits));
                driver.chosen(PROMPT, null, round, null); // leaves other logits behind
            }
        }
    }

    /** For one sequence of 32 positions, on the most threads. */
    private Backend openSmall(Weights weights, Precision precision) {
        return open(weights, limits(16, 1, 32), precision, threadCounts().getLast());
    }

    @Test
    void loadingCanBeCancelled() {
        try (var weights = Weights.open(TinyModel.huggingFace())) {
            var choice = new BackendChoice(backend(), species(), Precision.EXACT, 1, limits(16, 1, 32));
            var plan = Backends.plan(weights, choice);
            var cancelling = new LoadListener() {
                @Override
                public void onProgress(long done, long total) {
                    assertThat(done).isBetween(0L, total);
                }

                @Override
                public boolean isCancelled() {
                    return true;
                }
            };
            assertThatThrownBy(() -> Backends.load(weights, plan, cancelling).close())
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void planCountsWhatIsHeld() {
        try (var weights = Weights.open(TinyModel.huggingFace());
                var backend = open(weights, limits(16, 1, 32), Precision.EXACT, 1)) {
            long kv =
                    backend.kv().pageBytes(KvStore.Pool.FULL) * backend.limits().fullPages()
                            + backend.kv().pageBytes(KvStore.Pool.WINDOW)
                                    * backend.limits().ringPages();
            assertThat(backend.memory()).containsEntry("kv", kv);
        }
    }

    // ---- helpers ----

    /** Logits of all positions, and the bytes of all pages. */
    private record Result(float[][] logits, byte[][] pages) {

        void expectBits(Result other, String what) {
            for (int p = 0; p < logits.length; p++) {
                assertThat(logits[p]).as("logits of position %d, %s", p, what).isEqualTo(other.logits[p]);
            }
            for (int i = 0; i < pages.length; i++) {
                assertThat(pages[i]).as("page %d, %s", i, what).isEqualTo(other.pages[i]);
            }
        }
    }

    /** Pages of a slot, full ones first. */
    private static byte[][] pages(Backend backend, Step step, int slot) {
        var pages = new ArrayList<byte[]>();
        try (var arena = Arena.ofConfined()) {
            for (var pool : KvStore.Pool.values()) {
                var bytes = arena.allocate(backend.kv().pageBytes(pool));
                for (int page : pool == KvStore.Pool.FULL ? step.fullTable(slot) : step.ringTable(slot)) {
                    backend.kv().readPage(pool, page, bytes);
                    pages.add(bytes.toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
        return pages.toArray(byte[][]::new);
    }

    /** The specification's formula. */
    private static int[] longPrompt(int length) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) {
            ids[i] = (37 * i * i + 11 * i) % VOCABULARY;
        }
        return ids;
    }

    private static int[] reversed(int[] tokens) {
        int[] reversed = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            reversed[i] = tokens[tokens.length - 1 - i];
        }
        return reversed;
    }

    private static int argmax(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
