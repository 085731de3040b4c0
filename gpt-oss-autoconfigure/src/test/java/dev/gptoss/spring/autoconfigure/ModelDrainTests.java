package dev.gptoss.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.chat.GenerationCancelledException;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

class ModelDrainTests {

    private final ScriptedEngine engine = new ScriptedEngine();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(GptOssAutoConfiguration.class, LifecycleAutoConfiguration.class))
            .withBean(
                    LoadedModel.class,
                    () -> LoadedModel.eagerly("m", EngineOptions.of(Path.of("m")), Duration.ZERO, options -> engine));

    @Test
    void runningGenerationEndsBeforeTheModelIsClosed() {
        engine.reply(Reply.text("One two three four five.").withDelay(Duration.ofMillis(40)));
        runner.run(context -> {
            CompletableFuture<String> answer = ask(context.getBean(GptOssChatModel.class));

            close(context.getSourceApplicationContext());

            assertThat(engine.isClosed()).isTrue();
            assertThat(answer).isCompletedWithValue("One two three four five.");
        });
    }

    @Test
    void drainingEndsWithItsPhase() {
        engine.reply(Reply.text("One two three four five.").withDelay(Duration.ofSeconds(20)));
        runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=100ms")
                .run(context -> {
                    CompletableFuture<String> answer = ask(context.getBean(GptOssChatModel.class));

                    close(context.getSourceApplicationContext());

                    assertThat(engine.isClosed()).isTrue();
                    assertThat(catchThrowable(answer::join)).hasCauseInstanceOf(GenerationCancelledException.class);
                });
    }

    private CompletableFuture<String> ask(GptOssChatModel model) {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> model.call("Count."));
        Awaitility.await().until(() -> engine.statistics().running() == 1);
        return answer;
    }

    private static void close(ConfigurableApplicationContext context) {
        context.close();
    }
}
