package dev.gptoss.spring.autoconfigure.metrics;

import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Queue, cache, memory and totals of each model, read when they are scraped. Two models may be of the same files and so
 * have the same name: their beans tell them apart, else the second one's meters would be dropped.
 */
final class ModelMeters implements MeterBinder {

    private final Map<String, LoadedModel> models;

    /**
     * @param models by the name of their bean
     */
    ModelMeters(Map<String, LoadedModel> models) {
        this.models = models;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        models.forEach(
                (bean, model) -> new Binding(registry, model, Tags.of("model", model.name(), "bean", bean)).bind());
    }

    /** One model's meters on their way to a registry. */
    private record Binding(MeterRegistry registry, LoadedModel model, Tags tags) {

        void bind() {
            gauge("gptoss.requests.running", "Requests being computed", EngineStatistics::running);
            gauge("gptoss.requests.waiting", "Requests in the queue", EngineStatistics::waiting);
            gauge("gptoss.cache.pages", "Pages of the cache", EngineStatistics::kvPages);
            gauge("gptoss.cache.pages.used", "Pages of the cache in use", EngineStatistics::kvPagesUsed);
            counter("gptoss.requests.rejected", "Refused: queue full", EngineStatistics::rejected);
            counter("gptoss.requests.cancelled", "Cancelled or too late", EngineStatistics::cancelled);
            counter("gptoss.tokens.prompt", "Tokens of prompts", EngineStatistics::promptTokens);
            counter("gptoss.tokens.cached", "Of them found in the cache", EngineStatistics::cachedTokens);
            counter("gptoss.tokens.completion", "Generated", EngineStatistics::completionTokens);
            Gauge.builder("gptoss.memory", model, ModelMeters::memory)
                    .description("Memory held by the model")
                    .baseUnit("bytes")
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(String name, String description, ToDoubleFunction<EngineStatistics> value) {
            Gauge.builder(name, model, source -> now(source, value))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void counter(String name, String description, ToDoubleFunction<EngineStatistics> value) {
            FunctionCounter.builder(name, model, source -> now(source, value))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
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
