package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.BackendContract;
import dev.gptoss.engine.compute.Precision;
import java.util.List;

/** The CPU with vector registers of one width keeps the contract. */
abstract class VectorBackendContract extends BackendContract {

    @Override
    protected String backend() {
        return "vector";
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
