package dev.gptoss.samples.assistant;

import dev.gptoss.samples.nano.NanoModel;
import dev.gptoss.spring.model.ModelLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes {@code gpt-oss.model: nano} name the small model that comes with this application. */
@Configuration(proxyBeanMethods = false)
class SmallModelConfiguration {

    @Bean
    ModelLocator smallModel() {
        return name ->
                name.equals("nano") ? ModelLocator.Attempt.found(NanoModel.path()) : ModelLocator.Attempt.missed();
    }
}
