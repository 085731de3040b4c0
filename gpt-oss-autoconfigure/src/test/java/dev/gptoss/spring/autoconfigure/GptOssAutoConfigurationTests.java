package dev.gptoss.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.autoconfigure.diagnostics.ModelNotConfiguredException;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelNotFoundException;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class GptOssAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GptOssAutoConfiguration.class,
                    NamedModelsAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class));

    @Test
    void chatClientAnswersThroughAnEngineOfTheApplication() {
        runner.withUserConfiguration(Scripted.class).run(context -> {
            context.getBean(ScriptedEngine.class).reply(Reply.text("Hello."));

            assertThat(context).hasSingleBean(GptOssChatModel.class).doesNotHaveBean(LoadedModel.class);
            assertThat(context.getBean(ChatClient.Builder.class)
                            .build()
                            .prompt("Hi")
                            .call()
                            .content())
                    .isEqualTo("Hello.");
        });
    }

    @Test
    void propertiesAreTheDefaultsOfRequests() {
        runner.withUserConfiguration(Scripted.class)
                .withPropertyValues(
                        "gpt-oss.chat.reasoning-effort=high",
                        "gpt-oss.chat.reasoning-budget=64",
                        "gpt-oss.chat.temperature=0.5",
                        "gpt-oss.chat.top-k=4",
                        "gpt-oss.chat.top-p=0.8",
                        "gpt-oss.chat.min-p=0.1",
                        "gpt-oss.chat.seed=7",
                        "gpt-oss.chat.frequency-penalty=0.2",
                        "gpt-oss.chat.presence-penalty=0.3",
                        "gpt-oss.chat.max-tokens=99",
                        "gpt-oss.chat.stop=END,STOP",
                        "gpt-oss.chat.top-logprobs=2",
                        "gpt-oss.chat.deadline.total=30s",
                        "gpt-oss.chat.deadline.queue=5s",
                        "gpt-oss.chat.deadline.first-token=10s")
                .run(context -> {
                    GptOssChatOptions options =
                            context.getBean(GptOssChatModel.class).getOptions();

                    assertThat(options.getReasoningEffort()).isEqualTo(ReasoningEffort.HIGH);
                    assertThat(options.getReasoningBudget()).isEqualTo(64);
                    assertThat(options.getTemperature()).isEqualTo(0.5);
                    assertThat(options.getTopK()).isEqualTo(4);
                    assertThat(options.getTopP()).isEqualTo(0.8);
                    assertThat(options.getMinP()).isEqualTo(0.1);
                    assertThat(options.getSeed()).isEqualTo(7);
                    assertThat(options.getFrequencyPenalty()).isEqualTo(0.2);
                    assertThat(options.getPresencePenalty()).isEqualTo(0.3);
                    assertThat(options.getMaxTokens()).isEqualTo(99);
                    assertThat(options.getStopSequences()).containsExactly("END", "STOP");
                    assertThat(options.getTopLogprobs()).isEqualTo(2);
                    assertThat(options.getDeadlines().total()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(options.getDeadlines().queue()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(options.getDeadlines().firstToken()).isEqualTo(Duration.ofSeconds(10));
                });
    }

    @Test
    void missingModelNamesTheKey() {
        runner.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(ModelNotConfiguredException.class)
                .hasMessageContaining("gpt-oss.model"));
    }

    @Test
    void absentModelTellsWhereItWasLookedFor() {
        runner.withPropertyValues("gpt-oss.model=nobody/nothing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ModelNotFoundException.class)
                        .hasMessageContaining("nobody/nothing")
                        .hasMessageContaining("models--nobody--nothing"));
    }

    @Test
    void selectorOfAnotherModelSwitchesOursOff() {
        runner.withUserConfiguration(Scripted.class)
                .withPropertyValues("spring.ai.model.chat=none", "spring.ai.chat.client.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(GptOssChatModel.class)
                        .doesNotHaveBean(ModelFactory.class));
    }

    @Test
    void selectorOfOursKeepsItOn() {
        runner.withUserConfiguration(Scripted.class)
                .withPropertyValues("spring.ai.model.chat=gpt-oss")
                .run(context -> assertThat(context).hasSingleBean(GptOssChatModel.class));
    }

    @Test
    void chatModelOfTheApplicationReplacesOurs() {
        GptOssChatModel own = GptOssChatModel.builder(new ScriptedEngine()).build();
        runner.withUserConfiguration(Scripted.class)
                .withBean("own", GptOssChatModel.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(GptOssChatModel.class)).isSameAs(own));
    }

    @Test
    void withoutTheChatClientThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GptOssAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(ChatClientAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
    }

    @Test
    void clockOfTheApplicationDatesTheSystemMessage() {
        Clock clock = Clock.fixed(Instant.parse("2031-02-03T00:00:00Z"), ZoneOffset.UTC);
        runner.withUserConfiguration(Scripted.class)
                .withBean(Clock.class, () -> clock)
                .run(context -> {
                    context.getBean(ScriptedEngine.class).reply(Reply.text("Hello."));

                    ChatResponse response =
                            context.getBean(GptOssChatModel.class).call(new Prompt("Hi"));

                    assertThat(response.getMetadata().<Instant>get("created-at"))
                            .isEqualTo(clock.instant());
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Scripted {

        @Bean
        ScriptedEngine engine() {
            return new ScriptedEngine();
        }
    }
}
