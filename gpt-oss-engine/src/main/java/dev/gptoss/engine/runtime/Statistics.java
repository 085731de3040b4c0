package dev.gptoss.engine.runtime;

import dev.gptoss.engine.EngineStatistics;
import java.util.concurrent.atomic.LongAdder;

/** Totals since the model was opened. Any thread. */
final class Statistics {

    private final LongAdder cachedTokens = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final LongAdder forcedTokens = new LongAdder();
    private final LongAdder draftedTokens = new LongAdder();
    private final LongAdder acceptedTokens = new LongAdder();
    private final LongAdder stopped = new LongAdder();

    /** Counts a request that was cancelled or past a deadline. */
    void stopped() {
        stopped.increment();
    }

    /** Counts the tokens of a request that has run. */
    void ended(Progress progress) {
        cachedTokens.add(progress.cached);
        promptTokens.add(progress.promptTokens);
        completionTokens.add(progress.generated.size());
        forcedTokens.add(progress.forced);
        draftedTokens.add(progress.drafted);
        acceptedTokens.add(progress.accepted);
    }

    EngineStatistics snapshot(AdmissionQueue queue, int queueLimit, PagePool pages) {
        return new EngineStatistics(
                queue.running(),
                queue.waiting(),
                queueLimit,
                pages.used(),
                pages.size(),
                cachedTokens.sum(),
                promptTokens.sum(),
                completionTokens.sum(),
                forcedTokens.sum(),
                draftedTokens.sum(),
                acceptedTokens.sum(),
                queue.rejected(),
                stopped.sum());
    }
}
