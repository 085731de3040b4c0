package dev.gptoss.spring.autoconfigure.metrics;

import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Queue, cache, memory and totals of each model, read when they are scraped. */
final class ModelMeters implements MeterBinder {

    private final List<LoadedModel> models;

    ModelMeters(List<LoadedModel> models) {
        this.models = models;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        models.forEach(model -> bind(model, registry));
    }

    private static void bind(LoadedModel model, MeterRegistry registry) {
        gauge(registry, model, "gptoss.requests.running", "Requests being computed", EngineStatistics::running);
        gauge(registry, model, "gptoss.requests.waiting", "Requests in the queue", EngineStatistics::waiting);
        gauge(registry, model, "gptoss.cache.pages", "Pages of the cache", EngineStatistics::kvPages);
        gauge(registry, model, "gptoss.cache.pages.used", "Pages of the cache in use", EngineStatistics::kvPagesUsed);
        counter(registry, model, "gptoss.requests.rejected", "Refused: queue full", EngineStatistics::rejected);
        counter(registry, model, "gptoss.requests.cancelled", "Cancelled or too late", EngineStatistics::cancelled);
        counter(registry, model, "gptoss.tokens.prompt", "Tokens of prompts", EngineStatistics::promptTokens);
        counter(registry, model, "gptoss.tokens.cached", "Of them found in the cache", EngineStatistics::cachedTokens);
        counter(registry, model, "gptoss.tokens.completion", "Generated", EngineStatistics::completionTokens);
        Gauge.builder("gptoss.memory", model, ModelMeters::memory)
                .description("Memory held by the model")
                .baseUnit("bytes")
                .tag("model", model.name())
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            LoadedModel model,
            String name,
            String description,
            ToDoubleFunction<EngineStatistics> value) {
        Gauge.builder(name, model, source -> now(source, value))
                .description(description)
                .tag("model", model.name())
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            LoadedModel model,
            String name,
            String description,
            ToDoubleFunction<EngineStatistics> value) {
        FunctionCounter.builder(name, model, source -> now(source, value))
                .description(description)
                .tag("model", model.name())
                .register(registry);
    }

    private static double now(LoadedModel model, ToDoubleFunction<EngineStatistics> value) {
        return model.state() instanceof ModelState.Ready ready
                ? value.applyAsDouble(ready.engine().statistics())
                : 0;
    }

    private static double memory(LoadedModel model) {
        return model.state() instanceof ModelState.Ready ready
                ? ready.engine().info().memory().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : 0;
    }
}
