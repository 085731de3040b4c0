package dev.gptoss.engine.runtime;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.EngineProvider;
import dev.gptoss.engine.InsufficientMemoryException;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.compute.Backend;
import dev.gptoss.engine.compute.BackendChoice;
import dev.gptoss.engine.compute.BackendPlan;
import dev.gptoss.engine.compute.Backends;
import dev.gptoss.engine.compute.NotEnoughMemoryException;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.Weights;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Opens engines: weights, a plan of what loading takes, a backend, an engine thread. */
public final class RuntimeProvider implements EngineProvider {

    @Override
    public Engine open(EngineOptions options) {
        long start = System.nanoTime();
        Weights weights = Weights.open(options.model());
        try {
            BackendPlan plan = plan(weights, options);
            Backend backend = load(weights, plan, options);
            boolean keepsReading = Backends.keepsReading(plan);
            ModelInfo info = new ModelInfo(
                    nameOf(options.model()),
                    weights.config(),
                    plan.limits().contextLength(),
                    backend.name(),
                    backend.species(),
                    plan.precision(),
                    backend.threads(),
                    backend.memory(),
                    Duration.ofNanos(System.nanoTime() - start));
            if (!keepsReading) {
                weights.close();
            }
            return new RuntimeEngine(
                    backend,
                    info,
                    Tokenizer.o200kHarmony(),
                    Clock.systemDefaultZone(),
                    new MeasuredDraftCosts(),
                    options.queueLimit(),
                    RuntimeEngine.STALL_LIMIT,
                    keepsReading ? weights::close : () -> {});
        } catch (Throwable t) {
            weights.close();
            throw t;
        }
    }

    private static BackendPlan plan(Weights weights, EngineOptions options) {
        BackendChoice choice = new BackendChoice(
                options.backend(),
                options.species(),
                options.precision(),
                options.denseWeights(),
                options.kvType(),
                options.packedCache(),
                options.threads(),
                LimitsChoice.of(options, weights.config()));
        try {
            return Backends.plan(weights, choice);
        } catch (NotEnoughMemoryException e) {
            String byKind = e.plan().bytes().entrySet().stream()
                    .map(kind -> kind.getKey() + " " + kind.getValue())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new InsufficientMemoryException(e.plan().totalBytes(), e.availableBytes(), byKind);
        }
    }

    private static Backend load(Weights weights, BackendPlan plan, EngineOptions options) {
        if (options.loadListener().isCancelled()) {
            throw new CancellationException("the load was cancelled");
        }
        return Backends.load(weights, plan, options.loadListener());
    }

    private static String nameOf(Path model) {
        Path file = model.toAbsolutePath().normalize().getFileName();
        return file == null ? model.toString() : file.toString();
    }
}
