package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.BackendContract;
import dev.gptoss.engine.compute.Precision;
import java.util.List;

/** The CPU without the vector module keeps the contract. */
class ScalarBackendTests extends BackendContract {

    @Override
    protected String backend() {
        return "scalar";
    }

    @Override
    protected int species() {
        return 0;
    }

    @Override
    protected List<Integer> threadCounts() {
        return List.of(1, 2);
    }

    @Override
    protected List<Precision> precisions() {
        return List.of(Precision.EXACT, Precision.FAST);
    }
}
