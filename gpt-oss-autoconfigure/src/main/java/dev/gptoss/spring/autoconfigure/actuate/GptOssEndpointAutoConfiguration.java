package dev.gptoss.spring.autoconfigure.actuate;

import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.NamedModelsAutoConfiguration;
import dev.gptoss.spring.model.LoadedModel;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The {@code gptoss} endpoint and what {@code info} says of models. */
@AutoConfiguration(after = {GptOssAutoConfiguration.class, NamedModelsAutoConfiguration.class})
@ConditionalOnClass({InfoContributor.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(LoadedModel.class)
public final class GptOssEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    GptOssEndpoint gptOssEndpoint(Map<String, LoadedModel> models) {
        return new GptOssEndpoint(models);
    }

    @Bean
    @ConditionalOnMissingBean(name = "gptOssInfoContributor")
    @ConditionalOnEnabledInfoContributor("gptoss")
    InfoContributor gptOssInfoContributor(Map<String, LoadedModel> models) {
        return new ModelsInfoContributor(models);
    }
}
