package dev.gptoss.spring.autoconfigure;

import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;

/** Makes the beans of models with names. */
final class NamedModelBeans {

    static final String NAME = "gptOssNamedModelBeans";

    private final GptOssProperties properties;
    private final ModelFactory models;
    private final ChatModelFactory chatModels;
    private final NamedChatClients clients;

    NamedModelBeans(
            GptOssProperties properties, ModelFactory models, ChatModelFactory chatModels, NamedChatClients clients) {
        this.properties = properties;
        this.models = models;
        this.chatModels = chatModels;
        this.clients = clients;
    }

    LoadedModel load(String name) {
        return models.load(
                GptOssProperties.PREFIX + ".models." + name + ".model",
                named(name).getModel());
    }

    GptOssChatModel chatModel(String name, LoadedModel model) {
        return chatModels.chatModel(model, named(name).getChat());
    }

    ChatClient.Builder chatClientBuilder(String name, GptOssChatModel model) {
        return clients.builder(model, named(name).getChat());
    }

    private GptOssProperties.NamedModel named(String name) {
        return Objects.requireNonNull(properties.getModels().get(name), name);
    }
}
