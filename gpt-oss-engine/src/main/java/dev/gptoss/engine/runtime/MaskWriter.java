package dev.gptoss.engine.runtime;

import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.constrain.Constraint;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the masks of a step: known ones at once, a microsecond each; those that must be found first on a thread of its
 * own while the layers are computed. Finding takes 0.4 ms in one of a hundred cases and up to 20 ms in a pattern.
 */
final class MaskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(MaskWriter.class);

    private final Step step;

    /** By output: one bit per vocabulary row. */
    private final long[][] masks;

    private final ThreadPoolExecutor finder;

    MaskWriter(String name, Step step, int vocabulary) {
        this.step = step;
        masks = new long[step.limits().outputs()][(vocabulary + 63) / 64];
        finder = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("gpt-oss-masks-" + name).factory());
        finder.allowCoreThreadTimeOut(true);
    }

    /**
     * Says which tokens may come at the last output of the step.
     *
     * @param at the constraint where the token stands; not changed, and copied where it is needed later
     */
    void write(Constraint at) {
        int index = step.outputCount() - 1;
        long[] mask = masks[index];
        if (at.isMaskKnown()) {
            step.output(index).mask = at.mask(mask) ? mask : null;
            return;
        }
        step.output(index).mask = mask;
        Constraint there = at.fork();
        step.expectMask();
        finder.execute(() -> find(there, mask));
    }

    private void find(Constraint at, long[] mask) {
        try {
            if (!at.mask(mask)) {
                Arrays.fill(mask, -1L);
            }
        } catch (Throwable t) {
            LOG.warn("The tokens that may come could not be found, which ends the request", t);
            Arrays.fill(mask, 0); // no token is drawn then
        } finally {
            step.maskWritten();
        }
    }

    void close() {
        finder.shutdown();
    }
}
