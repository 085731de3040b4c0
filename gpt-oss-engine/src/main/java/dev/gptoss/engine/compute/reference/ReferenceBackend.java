package dev.gptoss.engine.compute.reference;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.DoneTicket;
import dev.gptoss.engine.compute.Draw;
import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.NumericClass;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.ScalarVocabularyScan;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.StepCheck;
import dev.gptoss.engine.compute.Ticket;
import dev.gptoss.engine.model.KeyValues;
import dev.gptoss.engine.model.ReferenceModel;
import dev.gptoss.engine.model.Row;
import dev.gptoss.engine.model.Trace;
import dev.gptoss.engine.weights.Weights;
import java.util.ArrayList;
import java.util.Map;

/** {@link ReferenceModel} behind the step contract. Reads its weights in every step. */
final class ReferenceBackend implements Backend {

    static final String NAME = "reference";

    private final Limits limits;
    private final ReferenceModel model;
    private final ReferencePages pages;
    private final BackendPlan plan;
    private final StepCheck check;
    private final Draw draw;
    private final int[] drawn;

    ReferenceBackend(Weights weights, BackendPlan plan) {
        this.plan = plan;
        this.limits = plan.limits();
        int vocabulary = weights.config().vocabulary();
        model = new ReferenceModel(weights, Trace.NONE);
        pages = new ReferencePages(weights.config(), limits);
        pages.allocate();
        check = new StepCheck(limits, vocabulary);
        draw = new Draw(vocabulary, new ScalarVocabularyScan());
        drawn = new int[limits.outputs()];
    }

    @Override
    public Ticket submit(Step step) {
        check.accept(step);
        var wanted = new boolean[step.rows()];
        for (int j = 0; j < step.outputCount(); j++) {
            wanted[step.output(j).row] = true;
        }
        var sequences = new KeyValues[limits.slots()];
        var rows = new ArrayList<Row>();
        for (int r = 0; r < step.rows(); r++) {
            int slot = step.slot(r);
            if (sequences[slot] == null) {
                sequences[slot] = pages.sequence(step.fullTable(slot), step.ringTable(slot));
            }
            int token = step.token(r) < 0 ? drawn[-1 - step.token(r)] : step.token(r);
            rows.add(new Row(sequences[slot], step.position(r), token, wanted[r]));
        }
        float[][] logits = model.forward(rows, step::isCancelled);
        if (logits == null) {
            return DoneTicket.CANCELLED;
        }
        step.awaitMasks();
        choose(step, wanted, logits);
        return DoneTicket.COMPUTED;
    }

    private void choose(Step step, boolean[] wanted, float[][] logits) {
        for (int j = 0; j < step.outputCount(); j++) {
            Output output = step.output(j);
            int index = 0;
            for (int r = 0; r < output.row; r++) {
                index += wanted[r] ? 1 : 0;
            }
            draw.choose(logits[index].clone(), 0, output);
            drawn[j] = output.token;
        }
    }

    @Override
    public String name() {
        return NAME;
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
        return new NumericClass(NAME, "f64 sums", Precision.EXACT);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public KvStore kv() {
        return pages;
    }

    @Override
    public Map<String, Long> memory() {
        return plan.bytes();
    }

    @Override
    public long readWeights() {
        return 0;
    }

    @Override
    public void close() {
        // holds memory of the heap alone
    }
}
