package dev.gptoss.spring.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.diagnostics.ResilienceMissingException;
import dev.gptoss.spring.autoconfigure.resilience.GptOssResilienceAutoConfiguration;
import dev.gptoss.spring.autoconfigure.resilience.MissingResilienceAutoConfiguration;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.test.ScriptedEngine;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MissingResilienceTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GptOssResilienceAutoConfiguration.class,
                    MissingResilienceAutoConfiguration.class,
                    GptOssAutoConfiguration.class))
            .withBean(ScriptedEngine.class);

    @Test
    void limitsWithoutTheJarsKeepTheApplicationFromStarting() {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
                .withPropertyValues("gpt-oss.resilience.bulkhead=model", "gpt-oss.resilience.circuit-breaker=model")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(ResilienceMissingException.class, error -> {
                            assertThat(error.keys())
                                    .containsExactly(
                                            "gpt-oss.resilience.bulkhead", "gpt-oss.resilience.circuit-breaker");
                            assertThat(error.missing())
                                    .containsExactly(
                                            "io.github.resilience4j:resilience4j-reactor",
                                            "io.github.resilience4j:resilience4j-spring-boot4");
                        }));
    }

    @Test
    void oneMissingJarIsNamedAlone() {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j.reactor"))
                .withPropertyValues("gpt-oss.resilience.bulkhead=model")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessage("gpt-oss.resilience.bulkhead cannot take effect without"
                                + " io.github.resilience4j:resilience4j-reactor"));
    }

    @Test
    void withoutLimitsNobodyMissesTheJars() {
        runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(GptOssChatModel.class));
    }
}
