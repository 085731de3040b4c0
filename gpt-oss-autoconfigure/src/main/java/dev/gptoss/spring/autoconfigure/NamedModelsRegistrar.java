package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.StringUtils;

/**
 * A {@code <name>GptOssModel}, a {@code <name>ChatModel} and a {@code <name>ChatClientBuilder} for each entry of {@code
 * gpt-oss.models}. Injection by type alone gives the model of {@code gpt-oss.model} or, without it, the first one, and the
 * framework's builder for it.
 */
final class NamedModelsRegistrar implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    NamedModelsRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        boolean hasDefault = StringUtils.hasText(environment.getProperty(GptOssProperties.PREFIX + ".model"));
        List<String> names = NamedModels.names(environment);
        for (int i = 0; i < names.size(); i++) {
            register(registry, names.get(i), hasDefault || i > 0);
        }
    }

    private static void register(BeanDefinitionRegistry registry, String name, boolean isFallback) {
        String modelBean = name + "GptOssModel";
        String chatBean = name + "ChatModel";
        if (!registry.containsBeanDefinition(modelBean)) {
            RootBeanDefinition model = definition(LoadedModel.class, "load", name);
            model.setFallback(isFallback);
            registry.registerBeanDefinition(modelBean, model);
        }
        if (!registry.containsBeanDefinition(chatBean)) {
            RootBeanDefinition chat = definition(GptOssChatModel.class, "chatModel", name);
            addReference(chat, modelBean, LoadedModel.class);
            chat.setFallback(isFallback);
            registry.registerBeanDefinition(chatBean, chat);
        }
        String builderBean = name + "ChatClientBuilder";
        if (!registry.containsBeanDefinition(builderBean)) {
            RootBeanDefinition builder = definition(ChatClient.Builder.class, "chatClientBuilder", name);
            addReference(builder, chatBean, GptOssChatModel.class);
            builder.setScope(BeanDefinition.SCOPE_PROTOTYPE); // builders are used up by their users
            builder.setDefaultCandidate(false); // leaves the place of the one builder by type to the framework's
            registry.registerBeanDefinition(builderBean, builder);
        }
    }

    private static void addReference(RootBeanDefinition definition, String bean, Class<?> type) {
        definition.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(bean, type));
    }

    private static RootBeanDefinition definition(Class<?> type, String factoryMethod, String name) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setFactoryBeanName(NamedModelBeans.NAME);
        definition.setFactoryMethodName(factoryMethod);
        ConstructorArgumentValues arguments = new ConstructorArgumentValues();
        arguments.addIndexedArgumentValue(0, name);
        definition.setConstructorArgumentValues(arguments);
        return definition;
    }
}
