package dev.gptoss.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.autoconfigure.diagnostics.ModelNotConfiguredException;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Two models by name, each a scripted engine in the place of its weights. */
class NamedModelsTests {

    private final ScriptedEngine fast = new ScriptedEngine();
    private final ScriptedEngine careful = new ScriptedEngine();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GptOssAutoConfiguration.class,
                    NamedModelsAutoConfiguration.class,
                    RecordsAutoConfiguration.class,
                    ToolDiscoveryAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class))
            .withBean("fastGptOssModel", LoadedModel.class, () -> loaded("fast", fast))
            .withBean("carefulGptOssModel", LoadedModel.class, () -> loaded("careful", careful))
            .withPropertyValues(
                    "gpt-oss.models.fast.model=fast",
                    "gpt-oss.models.fast.chat.reasoning-effort=low",
                    "gpt-oss.models.careful.model=careful",
                    "gpt-oss.models.careful.chat.reasoning-effort=high");

    @Test
    void eachNameIsAChatModelWithItsOwnDefaults() {
        runner.run(context -> {
            assertThat(context).getBeans(GptOssChatModel.class).containsOnlyKeys("fastChatModel", "carefulChatModel");
            assertThat(chatModel(context, "fast").getOptions().getReasoningEffort())
                    .isEqualTo(ReasoningEffort.LOW);
            assertThat(chatModel(context, "careful").getOptions().getReasoningEffort())
                    .isEqualTo(ReasoningEffort.HIGH);
        });
    }

    @Test
    void injectionByTypeGivesTheFirst() {
        runner.run(context -> {
            fast.reply(Reply.text("fast"));

            assertThat(context.getBean(ChatModel.class)).isSameAs(chatModel(context, "fast"));
            assertThat(ask(context.getBean(ChatClient.Builder.class))).isEqualTo("fast");
        });
    }

    @Test
    void eachNameHasABuilderOfClientsWithTheToolsOfBeans() {
        runner.withBean(Weather.class).run(context -> {
            careful.reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}")).reply(Reply.text("careful"));

            assertThat(ask(builder(context, "careful"))).isEqualTo("careful");
            assertThat(careful.lastRequest().tools()).hasSize(1);
            assertThat(fast.requests()).isEmpty();
        });
    }

    @Test
    void structuredOutputIsSwitchedByName() {
        runner.withPropertyValues("gpt-oss.models.fast.chat.structured-output=false")
                .run(context -> {
                    fast.reply(Reply.text("{\"city\":\"Oslo\"}")).reply(Reply.text("{\"city\":\"Oslo\"}"));
                    careful.reply(Reply.text("{\"city\":\"Oslo\"}"));

                    fill(builder(context, "fast"));
                    assertThat(fast.lastRequest().responseFormat()).isNull();
                    fill(context.getBean(ChatClient.Builder.class));
                    assertThat(fast.lastRequest().responseFormat()).isNull();
                    fill(builder(context, "careful"));
                    assertThat(careful.lastRequest().responseFormat()).isNotNull();
                });
    }

    @Test
    void nameWithoutAModelNamesTheKey() {
        runner.withPropertyValues("gpt-oss.models.third.chat.seed=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ModelNotConfiguredException.class)
                        .hasMessageContaining("gpt-oss.models.third.model"));
    }

    private static LoadedModel loaded(String name, ScriptedEngine engine) {
        return LoadedModel.eagerly(name, EngineOptions.of(Path.of(name)), Duration.ZERO, options -> engine);
    }

    private static GptOssChatModel chatModel(ApplicationContext context, String name) {
        return context.getBean(name + "ChatModel", GptOssChatModel.class);
    }

    private static ChatClient.Builder builder(ApplicationContext context, String name) {
        return context.getBean(name + "ChatClientBuilder", ChatClient.Builder.class);
    }

    private static String ask(ChatClient.Builder builder) {
        return builder.build().prompt("Go").call().content();
    }

    private static void fill(ChatClient.Builder builder) {
        assertThat(builder.build().prompt("Go").call().entity(Place.class)).isEqualTo(new Place("Oslo"));
    }

    record Place(String city) {}

    static class Weather {

        @Tool(description = "Gets the weather.")
        String weather(String city) {
            return "4 degrees in " + city;
        }
    }
}
