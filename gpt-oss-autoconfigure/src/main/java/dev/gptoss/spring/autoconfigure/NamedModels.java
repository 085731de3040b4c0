package dev.gptoss.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The names below {@code gpt-oss.models}. */
final class NamedModels {

    private NamedModels() {}

    /** In the order they are configured. */
    static List<String> names(Environment environment) {
        return Binder.get(environment)
                .bind(GptOssProperties.PREFIX + ".models", Bindable.mapOf(String.class, Object.class))
                .map(Map::keySet)
                .map(List::copyOf)
                .orElse(List.of());
    }
}
