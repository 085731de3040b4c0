package dev.gptoss.engine.compute.reference;

import dev.gptoss.engine.compute.BackendContract;
import dev.gptoss.engine.compute.Precision;
import java.util.List;

/** The reference keeps the contract it is the measure of. */
class ReferenceBackendTests extends BackendContract {

    @Override
    protected String backend() {
        return "reference";
    }

    @Override
    protected int species() {
        return 0;
    }

    @Override
    protected List<Integer> threadCounts() {
        return List.of(1);
    }

    @Override
    protected List<Precision> precisions() {
        return List.of(Precision.EXACT);
    }
}
