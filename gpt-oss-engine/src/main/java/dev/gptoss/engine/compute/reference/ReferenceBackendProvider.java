package dev.gptoss.engine.compute.reference;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.BackendProvider;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.weights.Weights;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes {@link ReferenceBackend}s. Always exact, whatever precision is asked for. */
public final class ReferenceBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return ReferenceBackend.NAME;
    }

    @Override
    public @Nullable String obstacle() {
        return null;
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public BackendPlan plan(Weights weights, BackendChoice choice) {
        var pages = new ReferencePages(weights.config(), choice.limits());
        long kv = pages.pageBytes(ReferencePages.Pool.FULL) * choice.limits().fullPages()
                + pages.pageBytes(ReferencePages.Pool.WINDOW) * choice.limits().ringPages();
        return new BackendPlan(
                name(),
                choice.limits(),
                Precision.EXACT,
                DenseWeights.AS_STORED,
                KvType.F32,
                null,
                1,
                0,
                Map.of("kv", kv));
    }

    @Override
    public Backend load(Weights weights, BackendPlan plan, LoadListener listener) {
        if (listener.isCancelled()) {
            throw new CancellationException("loading was cancelled");
        }
        listener.onProgress(weights.byteSize(), weights.byteSize());
        return new ReferenceBackend(weights, plan);
    }

    @Override
    public boolean keepsReading() {
        return true;
    }
}
