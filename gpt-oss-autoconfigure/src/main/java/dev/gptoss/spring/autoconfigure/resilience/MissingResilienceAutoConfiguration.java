package dev.gptoss.spring.autoconfigure.resilience;

import dev.gptoss.spring.autoconfigure.diagnostics.ResilienceMissingException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Refuses {@code gpt-oss.resilience.*} where the jars are absent that it speaks of: who asks for limits must get them. */
@AutoConfiguration
public final class MissingResilienceAutoConfiguration {

    private static final String GROUP = "io.github.resilience4j:";
    private static final String PREFIX = "io.github.resilience4j.";

    /** A class of each jar that {@link GptOssResilienceAutoConfiguration} stands on. */
    private static final Map<String, String> CLASSES = Map.of(
            GROUP + "resilience4j-spring-boot4", PREFIX + "springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            GROUP + "resilience4j-reactor", PREFIX + "reactor.bulkhead.operator.BulkheadOperator");

    @Bean
    static BeanFactoryPostProcessor gptOssResilienceJars(Environment environment) {
        return beans -> {
            List<String> keys = keys(environment);
            List<String> missing = missing(beans.getBeanClassLoader()).toList();
            if (!keys.isEmpty() && !missing.isEmpty()) {
                throw new ResilienceMissingException(keys, missing);
            }
        };
    }

    private static Stream<String> missing(@Nullable ClassLoader loader) {
        return CLASSES.entrySet().stream()
                .filter(jar -> !ClassUtils.isPresent(jar.getValue(), loader))
                .map(Map.Entry::getKey)
                .sorted();
    }

    private static List<String> keys(Environment environment) {
        return Binder.get(environment)
                .bind(GptOssResilienceProperties.PREFIX, Bindable.mapOf(String.class, String.class))
                .map(values -> values.keySet().stream()
                        .map(key -> GptOssResilienceProperties.PREFIX + "." + key)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }
}
