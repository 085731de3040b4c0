package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.NamedModelsAutoConfiguration;
import dev.gptoss.spring.model.LoadedModel;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health of models. */
@AutoConfiguration(after = {GptOssAutoConfiguration.class, NamedModelsAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(LoadedModel.class)
public final class GptOssHealthAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("gptoss")
    @ConditionalOnMissingBean(name = {"gptOssHealthIndicator", "gptOssHealthContributor"})
    HealthIndicator gptOssHealthIndicator(Map<String, LoadedModel> models) {
        return new ModelsHealthIndicator(models);
    }
}
