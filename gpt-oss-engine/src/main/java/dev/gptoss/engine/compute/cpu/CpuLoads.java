package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.LoadListener;
import dev.gptoss.engine.compute.LoadTeam;
import dev.gptoss.engine.compute.Precision;
import dev.gptoss.engine.compute.cache.PackedCache;
import dev.gptoss.engine.weights.ModelConfig;
import dev.gptoss.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans and loads CPU backends of any kernel family. */
final class CpuLoads {

    /**
     * Bytes saved that are worth an error: 256 MB take a token of one thread 9 ms, and two 5 (29 and 55 GB/s, Zen 4, 2 cores,
     * JDK 25). The 20b shape saves 1.1 GB, the small trained model 47 MB.
     */
    private static final long WORTH_ROUNDING = 256L << 20;

    private CpuLoads() {}

    static BackendPlan plan(String name, int species, Weights weights, BackendChoice choice) {
        ModelConfig config = weights.config();
        Limits limits = choice.limits();
        checkLimits(config, limits);
        KvType kvType = choice.precision() == Precision.FAST ? choice.kvType() : KvType.F32;
        int threads = choice.threads() > 0 ? choice.threads() : CpuTopology.usableCores();
        DenseWeights dense =
                choice.precision() == Precision.FAST ? chosen(choice.denseWeights(), weights) : DenseWeights.AS_STORED;
        return new BackendPlan(
                name,
                limits,
                choice.precision(),
                dense,
                kvType,
                choice.packedCache(),
                threads,
                species,
                Map.of(
                        "weights",
                        ModelLoader.byteSize(held(weights, dense)),
                        "kv",
                        KvPages.byteSize(config, limits, kvType),
                        "scratch",
                        Workspace.byteSize(config, limits, threads) + Attention.byteSize(config, threads)));
    }

    private static DenseWeights chosen(DenseWeights wish, Weights weights) {
        if (wish != DenseWeights.AUTO) {
            return wish;
        }
        long saved = ModelLoader.byteSize(weights) - ModelLoader.byteSize(held(weights, DenseWeights.Q8_0));
        return saved < WORTH_ROUNDING ? DenseWeights.AS_STORED : DenseWeights.Q8_0;
    }

    private static @Nullable PackedCache cache(Weights weights, BackendPlan plan) {
        Path folder = plan.packedCache();
        return folder == null ? null : new PackedCache(folder, weights, PackedForm.of(plan.denseWeights()));
    }

    /** The weights as they will be packed. */
    private static Weights held(Weights weights, DenseWeights dense) {
        return dense == DenseWeights.Q8_0 ? new QuantisedWeights(weights) : weights;
    }

    private static void checkLimits(ModelConfig config, Limits limits) {
        if (limits.pageSize() < AttentionKernel.BLOCK) {
            throw new IllegalArgumentException(
                    "pageSize must be at least " + AttentionKernel.BLOCK + ", was " + limits.pageSize());
        }
        long seen = Math.min(config.slidingWindow(), limits.contextLength());
        long ring = (long) limits.ringPagesPerSlot() * limits.pageSize();
        long needed = Math.min(seen - 1 + limits.rows(), limits.contextLength());
        if (ring < needed) {
            throw new IllegalArgumentException(
                    "ringPagesPerSlot must hold window - 1 + rows = " + needed + " positions, holds " + ring);
        }
    }

    static Backend load(Kernels kernels, Weights weights, BackendPlan plan, LoadListener listener) {
        var memory = new OffHeap();
        var team = new ThreadTeam(plan.threads());
        try {
            var model = new ModelLoader(
                            held(weights, plan.denseWeights()),
                            kernels,
                            plan.precision(),
                            memory,
                            new LoadTeam(work -> team.run(work::accept), listener),
                            cache(weights, plan))
                    .load();
            var pages = new KvPages(weights.config(), plan.limits(), plan.kvType(), memory::allocate);
            return new CpuBackend(plan, kernels, model, memory, pages, team);
        } catch (Throwable e) {
            team.close();
            memory.close();
            throw e;
        }
    }
}
