package dev.gptoss.engine.runtime;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.weights.ModelConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sizes an engine reserves, from its options and the model. Every slot has room for a whole context. */
final class LimitsChoice {

    private static final Logger LOG = LoggerFactory.getLogger(LimitsChoice.class);

    /** Positions of a sequence where nothing is asked for: KV of 0.2 GB (16-bit) for either published size. */
    static final int DEFAULT_CONTEXT = 8192;

    /** Rows of a step; more would not read a weight less often than prefill of 512 does, and take scratch. */
    static final int ROWS = 512;

    /**
     * A block of attention, whose keys and values then lie side by side: 73 GFLOP/s, with 256 positions 58 (8,192 positions
     * from memory, one thread, Zen 4, JDK 25).
     */
    static final int PAGE_SIZE = 64;

    /** Rows of drafts that a step may draw from, all sequences together: 0.8 MB of logits each. */
    static final int DRAFT_OUTPUTS = 2 * Draft.MOST;

    private LimitsChoice() {}

    static Limits of(EngineOptions options, ModelConfig config) {
        int context =
                options.contextLength() == 0 ? Math.min(DEFAULT_CONTEXT, config.maxContext()) : options.contextLength();
        if (context > config.maxContext()) {
            LOG.warn(
                    "A context of {} positions is longer than the {} the model was made for; answers get worse there",
                    context,
                    config.maxContext());
        }
        int rows = Math.max(Math.min(ROWS, context), options.sequences());
        int pagesPerSlot = pages(context);
        int ringPagesPerSlot = pages(Math.min(config.slidingWindow(), context) - 1 + rows);
        return new Limits(
                rows,
                options.sequences(),
                Math.addExact(options.sequences(), DRAFT_OUTPUTS),
                context,
                PAGE_SIZE,
                Math.multiplyExact(pagesPerSlot, options.sequences()),
                Math.multiplyExact(ringPagesPerSlot, options.sequences()),
                ringPagesPerSlot);
    }

    private static int pages(int positions) {
        return (positions + PAGE_SIZE - 1) / PAGE_SIZE;
    }
}
