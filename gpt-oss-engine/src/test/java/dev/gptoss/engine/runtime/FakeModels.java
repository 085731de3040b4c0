package dev.gptoss.engine.runtime;

import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.LayerType;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.RopeConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Engines over fake backends, and what these say. */
final class FakeModels {

    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    static final Clock CLOCK = Clock.fixed(Instant.parse("2025-08-05T10:00:00Z"), ZoneOffset.UTC);
    static final int VOCABULARY = 201_088;
    static final int WINDOW = 16;

    /** Drafts wherever most of their tokens are accepted. */
    static final DraftCosts FREE_DRAFTS = new DraftCosts() {
        @Override
        public void took(int sequences, int draftRows, long nanos) {}

        @Override
        public boolean pays(int sequences, double share) {
            return share > 0.5;
        }
    };

    private static final int ASSISTANT = TOKENIZER.encode("assistant")[0];

    private FakeModels() {}

    static Limits limits(int slots, int rows, int contextLength) {
        int pageSize = 8;
        int perSlot = (contextLength + pageSize - 1) / pageSize;
        int ringPerSlot = (WINDOW - 1 + rows + pageSize - 1) / pageSize;
        int outputs = slots + LimitsChoice.DRAFT_OUTPUTS;
        return new Limits(
                rows, slots, outputs, contextLength, pageSize, slots * perSlot, slots * ringPerSlot, ringPerSlot);
    }

    /** The same without the outputs that drafts need. */
    static Limits withoutDrafts(Limits limits) {
        return new Limits(
                limits.rows(),
                limits.slots(),
                limits.slots(),
                limits.contextLength(),
                limits.pageSize(),
                limits.fullPages(),
                limits.ringPages(),
                limits.ringPagesPerSlot());
    }

    static RuntimeEngine engine(FakeBackend backend) {
        return engine(backend, 64, Duration.ofSeconds(30));
    }

    static RuntimeEngine engine(FakeBackend backend, int queueLimit, Duration stallLimit) {
        ModelConfig config = new ModelConfig(
                64,
                64,
                2,
                1,
                32,
                4,
                2,
                VOCABULARY,
                WINDOW,
                List.of(LayerType.SLIDING_ATTENTION, LayerType.FULL_ATTENTION),
                1e-5f,
                new RopeConfig(150000, 32, 32, 1, 4096, false),
                131072,
                1.702f,
                7);
        ModelInfo info = new ModelInfo(
                "fake",
                config,
                backend.limits().contextLength(),
                backend.name(),
                0,
                Precision.EXACT,
                1,
                Map.of(),
                Duration.ZERO);
        return new RuntimeEngine(backend, info, TOKENIZER, CLOCK, FREE_DRAFTS, queueLimit, stallLimit, () -> {});
    }

    /** Draws an ordinary token that depends on every token before. */
    static FakeBackend.Model hashing() {
        return (history, output) -> Math.floorMod(Arrays.hashCode(history) * 31 + 7, 100_000) + 1000;
    }

    /** Says a harmony text, special tokens included, after the prompt's {@code <|start|>assistant}; then repeats it. */
    static FakeBackend.Model saying(String text) {
        return sayingTokens(ids(text));
    }

    static FakeBackend.Model sayingTokens(int... script) {
        return (history, output) -> {
            for (int from = 2; from <= history.length; from++) {
                boolean isOpened = history[from - 2] == SpecialTokens.START && history[from - 1] == ASSISTANT;
                int said = history.length - from;
                if (isOpened && said < script.length && says(history, from, script, said)) {
                    return script[said];
                }
            }
            throw new AssertionError("the answer left its script: " + TOKENIZER.decode(history));
        };
    }

    static int[] ids(String text) {
        return TOKENIZER.encode(text, SpecialText.AS_SPECIAL);
    }

    static Prompt.Tokens prompt(String text) {
        return new Prompt.Tokens(Arrays.stream(ids(text)).boxed().toList());
    }

    private static boolean says(int[] history, int from, int[] script, int length) {
        return Arrays.equals(history, from, from + length, script, 0, length);
    }
}
