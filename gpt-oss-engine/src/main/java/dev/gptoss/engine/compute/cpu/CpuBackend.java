package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.DoneTicket;
import dev.gptoss.engine.compute.KvStore;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.NumericClass;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.StepCheck;
import dev.gptoss.engine.compute.Ticket;
import java.util.Map;

/** A packed model on a team of threads. A step is computed by whoever submits it and the team. */
final class CpuBackend implements Backend {

    private final BackendPlan plan;
    private final OffHeap memory;
    private final ThreadTeam team;
    private final KvPages pages;
    private final Workspace work;
    private final ForwardPass pass;
    private final Sampler sampler;
    private final StepCheck check;
    private final WeightReader reader;
    private final int[] drawn;

    CpuBackend(BackendPlan plan, Kernels kernels, CpuModel model, OffHeap memory, KvPages pages, ThreadTeam team) {
        this.plan = plan;
        this.memory = memory;
        this.team = team;
        this.pages = pages;
        Limits limits = plan.limits();
        work = new Workspace(model.config(), limits, team.members(), Workspace.Needs.of(model), kernels.elements());
        pass = new ForwardPass(model, limits, pages, team, kernels, work);
        int vocabulary = model.config().vocabulary();
        sampler = new Sampler(vocabulary, team, work, kernels, new Step(limits));
        check = new StepCheck(limits, vocabulary);
        reader = new WeightReader(memory, team);
        drawn = new int[limits.outputs()];
    }

    @Override
    public Ticket submit(Step step) {
        check.accept(step);
        if (!pass.run(step, drawn)) {
            return DoneTicket.CANCELLED;
        }
        sampler.draw(step);
        for (int j = 0; j < step.outputCount(); j++) {
            drawn[j] = step.output(j).token;
        }
        return DoneTicket.COMPUTED;
    }

    @Override
    public String name() {
        return plan.backend();
    }

    @Override
    public int species() {
        return plan.species();
    }

    @Override
    public int threads() {
        return plan.threads();
    }

    @Override
    public NumericClass numericClass() {
        String dense = plan.denseWeights() == DenseWeights.Q8_0 ? ", dense q8_0" : "";
        String kv = plan.precision() == Precision.FAST && plan.kvType() == KvType.F32 ? ", kv f32" : "";
        return new NumericClass("cpu", "tiles 32" + dense + kv, plan.precision());
    }

    @Override
    public Limits limits() {
        return plan.limits();
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
        return reader.read();
    }

    @Override
    public void close() {
        team.close();
        work.release();
        memory.close();
    }
}
