package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.records.RecordChatClients;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderProperties;
import org.springframework.beans.factory.ObjectProvider;

/** Makes builders of chat clients for models with names, as the framework makes its one builder for the default model. */
final class NamedChatClients {

    private final ObjectProvider<ChatClientBuilderProperties> properties;
    private final ObjectProvider<ChatClientBuilderConfigurer> configurer;
    private final ObjectProvider<ObservationRegistry> observations;
    private final ObjectProvider<ChatClientObservationConvention> clientConvention;
    private final ObjectProvider<AdvisorObservationConvention> advisorConvention;
    private final ObjectProvider<ToolCallingAdvisor.Builder<?>> toolLoop;

    NamedChatClients(
            ObjectProvider<ChatClientBuilderProperties> properties,
            ObjectProvider<ChatClientBuilderConfigurer> configurer,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatClientObservationConvention> clientConvention,
            ObjectProvider<AdvisorObservationConvention> advisorConvention,
            ObjectProvider<ToolCallingAdvisor.Builder<?>> toolLoop) {
        this.properties = properties;
        this.configurer = configurer;
        this.observations = observations;
        this.clientConvention = clientConvention;
        this.advisorConvention = advisorConvention;
        this.toolLoop = toolLoop;
    }

    ChatClient.Builder builder(GptOssChatModel model, GptOssChatProperties chat) {
        ChatClient.Builder builder = ChatClient.builder(
                model,
                observations.getIfUnique(() -> ObservationRegistry.NOOP),
                clientConvention.getIfUnique(),
                advisorConvention.getIfUnique(),
                toolLoop.getIfAvailable());
        properties.ifAvailable(settings -> {
            if (!settings.getToolCalling().isEnabled()) {
                builder.defaultAdvisors(AdvisorParams.toolCallingAdvisorAutoRegister(false));
            }
        });
        configurer.ifAvailable(settings -> settings.configure(builder));
        return chat.isStructuredOutput() ? RecordChatClients.builder(builder) : builder;
    }
}
