package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.tool.ConcurrentToolCallingManager;
import dev.gptoss.spring.tool.DiscoveredToolsAdvisor;
import dev.gptoss.spring.tool.ToolCatalog;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Tools of beans, and how several calls run. */
@AutoConfiguration(after = GptOssAutoConfiguration.class, before = ChatClientAutoConfiguration.class)
@ConditionalOnBean(ChatModelFactory.class)
public final class ToolDiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = GptOssProperties.PREFIX + ".tools.discovery", matchIfMissing = true)
    ToolCatalog gptOssToolCatalog(ConfigurableListableBeanFactory beans) {
        return new ToolCatalog(beans);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = GptOssProperties.PREFIX + ".tools.discovery", matchIfMissing = true)
    ChatClientBuilderCustomizer gptOssDiscoveredTools(ToolCatalog catalog) {
        return builder -> builder.defaultAdvisors(new DiscoveredToolsAdvisor(catalog));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = GptOssProperties.PREFIX + ".tools.concurrent")
    static BeanPostProcessor gptOssConcurrentTools(Environment environment) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof ToolCallingManager manager && !(bean instanceof ConcurrentToolCallingManager)
                        ? new ConcurrentToolCallingManager(
                                manager,
                                environment.getProperty(
                                        "spring.ai.tools.throw-exception-on-error", Boolean.class, false))
                        : bean;
            }
        };
    }
}
