package dev.gptoss.samples.cli;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.KvStore.Pool;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.Weights;
import java.util.stream.IntStream;

/**
 * One sequence on a backend, without scheduler, prefix cache or constraint: every position and every token is computed
 * when it is asked for.
 */
final class SingleSequence implements AutoCloseable {

    private static final int SLOT = 0;
    private static final int PAGE_SIZE = 64;

    private final Weights weights;
    private final Backend backend;
    private final Step step;
    private final int[] ring;
    private final int[] savedRing;
    private int length;
    private int savedLength;

    private SingleSequence(Weights weights, Backend backend) {
        this.weights = weights;
        this.backend = backend;
        Limits limits = backend.limits();
        this.step = new Step(limits);
        int ringPages = limits.ringPagesPerSlot();
        this.ring = IntStream.range(0, ringPages).toArray();
        this.savedRing = IntStream.range(ringPages, 2 * ringPages).toArray();
        System.arraycopy(ring, 0, step.ringTable(SLOT), 0, ringPages);
        // Page i of the sequence is page i of the pool; nobody else wants one.
        int[] table = step.fullTable(SLOT);
        for (int i = 0; i < table.length; i++) {
            table[i] = i;
        }
    }

    /**
     * Loads a model.
     *
     * @param options their context length is the most positions of the sequence
     * @param rows most rows of a step
     * @param outputs most wanted rows of a step
     */
    static SingleSequence open(EngineOptions options, int rows, int outputs) {
        Weights weights = Weights.open(options.model());
        try {
            Limits limits = limits(weights.config(), options.contextLength(), rows, outputs);
            BackendChoice choice = new BackendChoice(
                    options.backend(),
                    options.species(),
                    options.precision(),
                    options.denseWeights(),
                    options.kvType(),
                    options.packedCache(),
                    options.threads(),
                    limits);
            Backend backend = Backends.load(weights, Backends.plan(weights, choice), options.loadListener());
            return new SingleSequence(weights, backend);
        } catch (RuntimeException | Error failure) {
            weights.close();
            throw failure;
        }
    }

    private static Limits limits(ModelConfig config, int positions, int rows, int outputs) {
        int fullPages = pages(positions);
        int ringPages = pages(config.slidingWindow() - 1 + rows);
        // A second ring holds what restore() needs.
        return new Limits(rows, 1, outputs, positions, PAGE_SIZE, fullPages, 2 * ringPages, ringPages);
    }

    private static int pages(int positions) {
        return Math.ceilDiv(positions, PAGE_SIZE);
    }

    ModelConfig config() {
        return weights.config();
    }

    Backend backend() {
        return backend;
    }

    /** Computes tokens at the next positions in steps of as many rows as fit; wants no logits. */
    void append(int[] tokens) {
        for (int from = 0; from < tokens.length; ) {
            int count = Math.min(tokens.length - from, backend.limits().rows());
            step.clear();
            for (int i = 0; i < count; i++) {
                step.addRow(SLOT, length + i, tokens[from + i]);
            }
            compute(count);
            from += count;
        }
    }

    /** What is wanted of a row. */
    interface Want {
        void of(Output output);
    }

    /**
     * Computes tokens at the next positions in one step, all of them with logits.
     *
     * @param tokens at most the limits' outputs, from {@code from} on
     */
    void appendWanted(int[] tokens, int from, int count, Want want) {
        step.clear();
        for (int i = 0; i < count; i++) {
            want.of(step.addOutput(step.addRow(SLOT, length + i, tokens[from + i])));
        }
        compute(count);
    }

    /** What came out of the last step for one of its wanted rows. */
    Output output(int index) {
        return step.output(index);
    }

    /** Computes one token at the next position and returns the likeliest that follows it. */
    int greedy(int token) {
        step.clear();
        step.addOutput(step.addRow(SLOT, length, token));
        compute(1);
        return step.output(0).token;
    }

    /** Remembers this place for {@link #restore}. */
    void save() {
        savedLength = length;
        backend.kv().copyPages(Pool.WINDOW, ring, savedRing, ring.length);
    }

    /** Forgets everything since {@link #save}. */
    void restore() {
        length = savedLength;
        backend.kv().copyPages(Pool.WINDOW, savedRing, ring, ring.length);
    }

    private void compute(int rows) {
        backend.submit(step).await();
        length += rows;
    }

    @Override
    public void close() {
        backend.close();
        weights.close();
    }
}
