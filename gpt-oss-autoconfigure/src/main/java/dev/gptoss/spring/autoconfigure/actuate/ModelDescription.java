package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A model in words and numbers. */
final class ModelDescription {

    private ModelDescription() {}

    /** Name, state, and what it computes on once it is ready. */
    static Map<String, Object> brief(LoadedModel model) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("model", model.name());
        switch (model.state()) {
            case ModelState.Loading loading -> {
                description.put("state", "loading");
                description.put("percent", loading.percent());
            }
            case ModelState.Ready ready -> {
                ModelInfo info = ready.engine().info();
                description.put("state", "ready");
                description.put("backend", info.backend());
                description.put("contextLength", info.contextLength());
            }
            case ModelState.Failed failed -> {
                description.put("state", "failed");
                description.put("error", String.valueOf(failed.cause().getMessage()));
            }
            case ModelState.Closed closed -> description.put("state", "closed");
        }
        return description;
    }

    /** With memory by kind, queue, cache and totals of tokens. */
    static Map<String, Object> full(LoadedModel model) {
        Map<String, Object> description = brief(model);
        if (model.state() instanceof ModelState.Ready ready) {
            ModelInfo info = ready.engine().info();
            EngineStatistics now = ready.engine().statistics();
            description.put("registerBits", info.species());
            description.put("precision", info.precision().name().toLowerCase(Locale.ROOT));
            description.put("threads", info.threads());
            description.put("loadTime", info.loadTime());
            description.put("memory", new TreeMap<>(info.memory()));
            description.put("queue", queue(now));
            description.put("cache", cache(now));
            description.put("tokens", tokens(now));
        }
        return description;
    }

    private static Map<String, Object> queue(EngineStatistics now) {
        Map<String, Object> queue = new LinkedHashMap<>();
        queue.put("running", now.running());
        queue.put("waiting", now.waiting());
        queue.put("limit", now.queueLimit());
        queue.put("rejected", now.rejected());
        queue.put("cancelled", now.cancelled());
        return queue;
    }

    private static Map<String, Object> cache(EngineStatistics now) {
        Map<String, Object> cache = new LinkedHashMap<>();
        cache.put("pages", now.kvPages());
        cache.put("pagesUsed", now.kvPagesUsed());
        cache.put("cachedTokens", now.cachedTokens());
        return cache;
    }

    private static Map<String, Object> tokens(EngineStatistics now) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        tokens.put("prompt", now.promptTokens());
        tokens.put("completion", now.completionTokens());
        return tokens;
    }
}
