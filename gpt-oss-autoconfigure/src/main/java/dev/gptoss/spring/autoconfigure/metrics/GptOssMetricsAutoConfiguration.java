package dev.gptoss.spring.autoconfigure.metrics;

import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.NamedModelsAutoConfiguration;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of models and requests. */
@AutoConfiguration(
        after = {GptOssAutoConfiguration.class, NamedModelsAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, GptOssChatModel.class})
public final class GptOssMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ModelMeters gptOssModelMeters(ListableBeanFactory beans) {
        return new ModelMeters(beans.getBeansOfType(LoadedModel.class));
    }

    @Bean
    @ConditionalOnMissingBean
    RequestMeters gptOssRequestMeters(ObjectProvider<MeterRegistry> registry) {
        return new RequestMeters(registry.getObject());
    }
}
