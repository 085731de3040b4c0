package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.BackendProvider;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/** The CPU without the vector module: always there, several times slower. */
public final class ScalarBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public @Nullable String obstacle() {
        return null;
    }

    @Override
    public int preference() {
        return 1;
    }

    @Override
    public BackendPlan plan(Weights weights, BackendChoice choice) {
        return CpuLoads.plan(name(), 0, weights, choice);
    }

    @Override
    public Backend load(Weights weights, BackendPlan plan, LoadListener listener) {
        return CpuLoads.load(Kernels.scalar(), weights, plan, listener);
    }

    @Override
    public boolean keepsReading() {
        return false;
    }
}
