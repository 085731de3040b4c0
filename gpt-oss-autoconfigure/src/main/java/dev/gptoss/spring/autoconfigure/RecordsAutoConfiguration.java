package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.records.RecordChatClients;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** Records by constrained decoding from the application's {@code ChatClient.Builder}, if the model behind it is ours. */
@AutoConfiguration(after = GptOssAutoConfiguration.class, before = ChatClientAutoConfiguration.class)
@ConditionalOnBean(ChatModelFactory.class)
public final class RecordsAutoConfiguration {

    @Bean
    static BeanPostProcessor gptOssRecordChatClients(
            ObjectProvider<ChatModel> model, ObjectProvider<GptOssProperties> properties) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                // The framework's own bean alone: of others it is not known which model they were given.
                return bean instanceof ChatClient.Builder builder
                                && name.equals("chatClientBuilder")
                                && isOurs(model.getIfUnique())
                                && properties.getObject().chatOfDefault().isStructuredOutput()
                        ? RecordChatClients.builder(builder)
                        : bean;
            }
        };
    }

    private static boolean isOurs(@Nullable ChatModel model) {
        return model != null && model.getOptions() instanceof GptOssChatOptions;
    }
}
