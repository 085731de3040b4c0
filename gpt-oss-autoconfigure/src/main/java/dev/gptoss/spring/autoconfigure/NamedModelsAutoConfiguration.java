package dev.gptoss.spring.autoconfigure;

import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Several models by name, from {@code gpt-oss.models}. */
@AutoConfiguration(after = GptOssAutoConfiguration.class, before = ChatClientAutoConfiguration.class)
@ConditionalOnBean(ModelFactory.class)
@ConditionalOnProperty(
        name = SpringAIModelProperties.CHAT_MODEL,
        havingValue = GptOssProperties.SELECTOR,
        matchIfMissing = true)
@Import(NamedModelsRegistrar.class)
public final class NamedModelsAutoConfiguration {

    @Bean(NamedModelBeans.NAME)
    NamedModelBeans gptOssNamedModelBeans(
            GptOssProperties properties, ModelFactory models, ChatModelFactory chatModels) {
        return new NamedModelBeans(properties, models, chatModels);
    }
}
