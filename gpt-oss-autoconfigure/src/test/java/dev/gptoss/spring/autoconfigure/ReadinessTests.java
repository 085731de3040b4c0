package dev.gptoss.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.spring.model.LoadedModel;
import dev.gptoss.spring.test.ScriptedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ReadinessTests {

    @Test
    void loadingIsNotReadyButLiveAndTheEndOfItIsReady() {
        try (ConfigurableApplicationContext context = start(Loading.class)) {
            ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);

            context.getBean(CountDownLatch.class).countDown();

            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC));
        }
    }

    @Test
    void failedModelIsNeverReady() {
        try (ConfigurableApplicationContext context = start(Failing.class)) {
            ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);

            assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);
        }
    }

    private static ConfigurableApplicationContext start(Class<?> configuration) {
        SpringApplication application = new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .build();
        return application.run();
    }

    private static LoadedModel model(ReadinessGate gate, Runnable load) {
        return LoadedModel.inBackground(
                "m",
                EngineOptions.of(Path.of("model")),
                Duration.ofSeconds(10),
                options -> {
                    load.run();
                    return new ScriptedEngine();
                },
                state -> gate.settled());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({GptOssAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class})
    static class Loading {
        @Bean
        CountDownLatch gate() {
            return new CountDownLatch(1);
        }

        @Bean
        LoadedModel model(ReadinessGate readiness, CountDownLatch gate) {
            return ReadinessTests.model(readiness, () -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({GptOssAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class})
    static class Failing {
        @Bean
        LoadedModel model(ReadinessGate readiness) {
            return ReadinessTests.model(readiness, () -> {
                throw new EngineException("damaged");
            });
        }
    }
}
