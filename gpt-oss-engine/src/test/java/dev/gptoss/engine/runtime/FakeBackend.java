package dev.gptoss.engine.runtime;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.NumericClass;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.Ticket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend whose "KV" is the token ids themselves, kept in pages and rings through the step's tables. What it draws is
 * a function of the tokens that it finds there, so a page that is wrong changes the answer or fails the step.
 */
final class FakeBackend implements Backend {

    /** Chooses the next token. */
    @FunctionalInterface
    interface Model {
        int next(int[] history, Output output);
    }

    /** Rows of a step: slot and position. */
    record Row(int slot, int position) {}

    final List<List<Row>> steps = new ArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    volatile long layerMillis;
    volatile Runnable beforeStep = () -> {};

    private final Limits limits;
    private final int window;
    private final Model model;
    private final int[][] full;
    private final int[][] ring;

    FakeBackend(Limits limits, int window, Model model) {
        this.limits = limits;
        this.window = window;
        this.model = model;
        full = new int[limits.fullPages()][limits.pageSize()];
        ring = new int[limits.ringPages()][limits.pageSize()];
        for (int[] page : full) {
            Arrays.fill(page, -7);
        }
        for (int[] page : ring) {
            Arrays.fill(page, -7);
        }
    }

    @Override
    public Ticket submit(Step step) {
        return new Ticket() {
            @Override
            public boolean await() {
                return compute(step);
            }

            @Override
            public boolean isDone() {
                return false;
            }
        };
    }

    private boolean compute(Step step) {
        beforeStep.run();
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < step.rows(); row++) {
            rows.add(new Row(step.slot(row), step.position(row)));
            write(step, row);
        }
        synchronized (steps) {
            steps.add(rows);
        }
        for (int layer = 0; layer < 10; layer++) {
            if (step.isCancelled()) {
                return false;
            }
            sleep(layerMillis);
        }
        step.awaitMasks();
        for (int i = 0; i < step.outputCount(); i++) {
            Output output = step.output(i);
            output.token = model.next(history(step, output.row), output);
            output.tokenLogprob = -output.token;
            output.candidateIds = new int[output.candidates];
            output.candidateLogprobs = new float[output.candidates];
        }
        return true;
    }

    private void write(Step step, int row) {
        int slot = step.slot(row);
        int position = step.position(row);
        int page = step.fullTable(slot)[position / limits.pageSize()];
        full[page][position % limits.pageSize()] = step.token(row);
        int inRing = position % (limits.ringPagesPerSlot() * limits.pageSize());
        ring[step.ringTable(slot)[inRing / limits.pageSize()]][inRing % limits.pageSize()] = step.token(row);
    }

    /** The tokens up to a row as the full pages have them; fails if its window is not in the ring. */
    private int[] history(Step step, int row) {
        int slot = step.slot(row);
        int[] history = new int[step.position(row) + 1];
        int ringSize = limits.ringPagesPerSlot() * limits.pageSize();
        for (int position = 0; position < history.length; position++) {
            int page = step.fullTable(slot)[position / limits.pageSize()];
            history[position] = full[page][position % limits.pageSize()];
            int inRing = position % ringSize;
            int seen = ring[step.ringTable(slot)[inRing / limits.pageSize()]][inRing % limits.pageSize()];
            if (position > step.position(row) - window && seen != history[position]) {
                throw new AssertionError("position " + position + " of slot " + slot + " is lost from its window");
            }
        }
        return history;
    }

    private static void sleep(long millis) {
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError("the engine thread was interrupted", e);
            }
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public int species() {
        return 0;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public NumericClass numericClass() {
        return new NumericClass("fake", "fake", Precision.EXACT);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public KvStore kv() {
        return new KvStore() {
            @Override
            public long pageBytes(Pool pool) {
                return 4L * limits.pageSize();
            }

            @Override
            public void copyPages(Pool pool, int[] from, int[] to, int count) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void readPage(Pool pool, int page, MemorySegment target) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void writePage(Pool pool, int page, MemorySegment source) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Map<String, Long> memory() {
        return Map.of();
    }

    @Override
    public long readWeights() {
        return 0;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
