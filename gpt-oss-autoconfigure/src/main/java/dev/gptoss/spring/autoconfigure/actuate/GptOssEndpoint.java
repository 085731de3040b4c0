package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.spring.model.LoadedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Models with their backend, memory, queue and cache. */
@Endpoint(id = "gptoss")
public final class GptOssEndpoint {

    private final Map<String, LoadedModel> models;

    GptOssEndpoint(Map<String, LoadedModel> models) {
        this.models = models;
    }

    /** All models, by the name of their bean. */
    @ReadOperation
    public Map<String, Object> models() {
        Map<String, Object> all = new LinkedHashMap<>();
        models.forEach((name, model) -> all.put(name, ModelDescription.full(model)));
        return Map.of("models", all);
    }

    /** One model, by the name of its bean. */
    @ReadOperation
    public @Nullable Map<String, Object> model(@Selector String name) {
        LoadedModel model = models.get(name);
        return model == null ? null : ModelDescription.full(model);
    }
}
