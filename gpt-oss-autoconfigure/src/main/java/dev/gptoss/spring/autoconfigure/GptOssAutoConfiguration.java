package dev.gptoss.spring.autoconfigure;

import dev.gptoss.engine.Engine;
import dev.gptoss.spring.chat.CallGuard;
import dev.gptoss.spring.chat.EngineSource;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelLocator;
import dev.gptoss.spring.model.ModelLocators;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.SpringAIModelProperties;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** A model and its chat model from {@code gpt-oss.model} and {@code gpt-oss.chat.*}. */
@AutoConfiguration(before = ChatClientAutoConfiguration.class)
@ConditionalOnClass({GptOssChatModel.class, ChatClientAutoConfiguration.class})
@ConditionalOnProperty(
        name = SpringAIModelProperties.CHAT_MODEL,
        havingValue = GptOssProperties.SELECTOR,
        matchIfMissing = true)
@EnableConfigurationProperties(GptOssProperties.class)
public final class GptOssAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ModelLocators gptOssModelLocators(ObjectProvider<ModelLocator> own, ApplicationContext context) {
        return new ModelLocators(own.orderedStream().toList(), context);
    }

    @Bean
    ReadinessGate gptOssReadinessGate(
            ApplicationContext context,
            ObjectProvider<LoadedModel> models,
            ObjectProvider<ApplicationAvailability> availability) {
        // Listeners are told in the order they were made: the gate answers to what the availability has noted.
        availability.getIfAvailable();
        return new ReadinessGate(context, models);
    }

    @Bean
    ModelFactory gptOssModelFactory(
            GptOssProperties properties, ModelLocators locators, ReadinessGate gate, ApplicationContext context) {
        VectorModule.check(properties);
        return new ModelFactory(properties, locators, Devtools.restarts(context), state -> gate.settled());
    }

    @Bean
    ChatModelFactory gptOssChatModelFactory(
            ObjectProvider<Clock> clock,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ChatModelObservationConvention> convention,
            ObjectProvider<CallGuard> guard) {
        return new ChatModelFactory(clock, observations, convention, guard);
    }

    @Bean
    ModelDrain gptOssModelDrain(ObjectProvider<LoadedModel> models) {
        return new ModelDrain(models);
    }

    @Bean
    @ConditionalOnMissingBean({Engine.class, EngineSource.class})
    @Conditional(DefaultModelCondition.class)
    LoadedModel gptOssModel(ModelFactory factory, GptOssProperties properties) {
        return factory.load(GptOssProperties.PREFIX + ".model", properties.getModel());
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(DefaultModelCondition.class)
    GptOssChatModel gptOssChatModel(
            ObjectProvider<Engine> engine,
            ObjectProvider<EngineSource> source,
            ChatModelFactory factory,
            GptOssProperties properties) {
        EngineSource engines = source.getIfAvailable(() -> engine::getObject);
        return factory.chatModel(engines, properties.getChat());
    }
}
