package dev.gptoss.spring.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Looks at the generation of the frameworks before anything else of ours. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE)
public final class CompatibilityAutoConfiguration {

    @Bean
    static BeanFactoryPostProcessor gptOssFrameworkGeneration() {
        return beans -> FrameworkGeneration.check();
    }
}
