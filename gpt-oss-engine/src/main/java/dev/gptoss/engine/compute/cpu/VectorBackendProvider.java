package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.BackendProvider;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/** The CPU with vector registers. */
public final class VectorBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public @Nullable String obstacle() {
        return VectorDoor.obstacle(0);
    }

    @Override
    public int preference() {
        return 2;
    }

    @Override
    public BackendPlan plan(Weights weights, BackendChoice choice) {
        String obstacle = VectorDoor.obstacle(choice.species());
        if (obstacle != null) {
            throw new IllegalArgumentException("species " + choice.species() + " does not run here: " + obstacle);
        }
        return CpuLoads.plan(name(), VectorDoor.open(choice.species()).species(), weights, choice);
    }

    @Override
    public Backend load(Weights weights, BackendPlan plan, LoadListener listener) {
        return CpuLoads.load(VectorDoor.open(plan.species()), weights, plan, listener);
    }

    @Override
    public boolean keepsReading() {
        return false;
    }
}
