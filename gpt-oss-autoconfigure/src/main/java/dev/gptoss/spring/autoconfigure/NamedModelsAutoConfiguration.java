package dev.gptoss.spring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderProperties;
import org.springframework.beans.factory.ObjectProvider;
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

    @Bean
    NamedChatClients gptOssNamedChatClients(
            ObjectProvider<ChatClientBuilderProperties> properties,
            ObjectProvider<ChatClientBuilderConfigurer> configurer,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatClientObservationConvention> clientConvention,
            ObjectProvider<AdvisorObservationConvention> advisorConvention,
            ObjectProvider<ToolCallingAdvisor.Builder<?>> toolLoop) {
        return new NamedChatClients(
                properties, configurer, observations, clientConvention, advisorConvention, toolLoop);
    }

    @Bean(NamedModelBeans.NAME)
    NamedModelBeans gptOssNamedModelBeans(
            GptOssProperties properties, ModelFactory models, ChatModelFactory chatModels, NamedChatClients clients) {
        return new NamedModelBeans(properties, models, chatModels, clients);
    }
}
