package dev.gptoss.spring.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.autoconfigure.metrics.GptOssMetricsAutoConfiguration;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.model.ModelState;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ActuatorTests {

    private static final EngineOptions OPTIONS = EngineOptions.of(Path.of("model"));

    private final ScriptedEngine engine = new ScriptedEngine();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(GptOssHealthAutoConfiguration.class, GptOssEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*", "management.endpoints.jmx.exposure.include=*");

    @Test
    void readyModelIsUpWithItsBackend() {
        runner.withBean("m", LoadedModel.class, this::ready).run(context -> {
            Health health = context.getBean(HealthIndicator.class).health();

            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("model", "small")
                    .containsEntry("state", "ready")
                    .containsEntry("backend", "scripted");
        });
    }

    @Test
    void loadingModelIsOutOfService() {
        runner.withBean(
                        "m",
                        LoadedModel.class,
                        () -> LoadedModel.inBackground(
                                "small", OPTIONS, Duration.ZERO, ActuatorTests::never, state -> {}))
                .run(context -> {
                    Health health = context.getBean(HealthIndicator.class).health();

                    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(health.getDetails())
                            .containsEntry("state", "loading")
                            .containsEntry("percent", 50);
                });
    }

    @Test
    void failedModelIsDownAndTellsWhy() {
        LoadedModel failed = LoadedModel.inBackground(
                "small",
                OPTIONS,
                Duration.ZERO,
                options -> {
                    throw new EngineException("damaged");
                },
                state -> {});
        Awaitility.await().until(() -> failed.state() instanceof ModelState.Failed);

        runner.withBean("m", LoadedModel.class, () -> failed).run(context -> {
            Health health = context.getBean(HealthIndicator.class).health();

            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("error", "damaged");
        });
    }

    @Test
    void severalModelsAreToldByName() {
        runner.withBean("a", LoadedModel.class, this::ready)
                .withBean("b", LoadedModel.class, this::ready)
                .run(context -> assertThat(
                                context.getBean(HealthIndicator.class).health().getDetails())
                        .containsOnlyKeys("a", "b"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void endpointTellsMemoryQueueAndCache() {
        runner.withBean("m", LoadedModel.class, this::ready).run(context -> {
            GptOssEndpoint endpoint = context.getBean(GptOssEndpoint.class);
            Map<String, Object> models = (Map<String, Object>) endpoint.models().get("models");

            assertThat((Map<String, Object>) models.get("m"))
                    .containsKeys("model", "backend", "memory", "queue", "cache", "tokens", "threads", "precision");
            assertThat(endpoint.model("m")).isEqualTo(models.get("m"));
            assertThat(endpoint.model("other")).isNull();
        });
    }

    @Test
    void infoNamesTheModels() {
        runner.withBean("m", LoadedModel.class, this::ready).run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);

            assertThat(info.build().getDetails().get("gptoss").toString()).contains("small", "ready");
        });
    }

    @Test
    void everythingIsOffByItsSwitch() {
        runner.withBean("m", LoadedModel.class, this::ready)
                .withPropertyValues(
                        "management.health.gptoss.enabled=false",
                        "management.info.gptoss.enabled=false",
                        "management.endpoint.gptoss.access=NONE")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HealthIndicator.class)
                        .doesNotHaveBean(InfoContributor.class)
                        .doesNotHaveBean(GptOssEndpoint.class));
    }

    @Test
    void withoutActuatorThereIsNothingAndNoError() {
        runner.withBean("m", LoadedModel.class, this::ready)
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("gptOssEndpoint"));
    }

    @Test
    void metersFollowRequestsAndTheEngine() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ObservationAutoConfiguration.class,
                        GptOssMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withBean("m", LoadedModel.class, this::ready)
                .withBean(
                        GptOssChatModel.class,
                        () -> GptOssChatModel.builder(engine).build())
                .run(context -> {
                    engine.reply(Reply.text("one two three").withReasoning("hm"));
                    GptOssChatModel.builder(engine)
                            .observationRegistry(context.getBean(ObservationRegistry.class))
                            .build()
                            .call(new Prompt("Go"));
                    SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);

                    assertThat(registry.get("gptoss.time.to.first.token")
                                    .timer()
                                    .totalTime(TimeUnit.MILLISECONDS))
                            .isEqualTo(1);
                    assertThat(registry.get("gptoss.tokens.per.second")
                                    .summary()
                                    .max())
                            .isEqualTo(1000);
                    assertThat(registry.get("gptoss.tokens.reasoning").summary().totalAmount())
                            .isEqualTo(1);
                    assertThat(registry.get("gptoss.tokens.completion")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(4);
                    assertThat(registry.get("gptoss.requests.running").gauge().value())
                            .isZero();
                    assertThat(registry.get("gen_ai.client.operation").timer().count())
                            .isEqualTo(1);
                });
    }

    @Test
    void twoModelsOfTheSameFilesHaveMetersOfTheirOwn() {
        ScriptedEngine other = new ScriptedEngine();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        GptOssMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withBean("idle", LoadedModel.class, this::ready)
                .withBean(
                        "busy",
                        LoadedModel.class,
                        () -> LoadedModel.eagerly("small", OPTIONS, Duration.ZERO, options -> other))
                .withBean(
                        GptOssChatModel.class,
                        () -> GptOssChatModel.builder(other).build())
                .run(context -> {
                    other.reply(Reply.text("one two three"));
                    context.getBean(GptOssChatModel.class).call(new Prompt("Go"));

                    SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
                    assertThat(registry.get("gptoss.tokens.completion")
                                    .tags("model", "small", "bean", "busy")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(3);
                    assertThat(registry.get("gptoss.tokens.completion")
                                    .tags("model", "small", "bean", "idle")
                                    .functionCounter()
                                    .count())
                            .isZero();
                });
    }

    private LoadedModel ready() {
        return LoadedModel.eagerly("small", OPTIONS, Duration.ZERO, options -> engine);
    }

    private static ScriptedEngine never(EngineOptions options) {
        options.loadListener().onProgress(1, 2);
        while (!options.loadListener().isCancelled()) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        return new ScriptedEngine();
    }
}
