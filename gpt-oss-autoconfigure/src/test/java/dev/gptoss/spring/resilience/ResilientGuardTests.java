package dev.gptoss.spring.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gptoss.engine.EngineException;
import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.resilience.GptOssResilienceAutoConfiguration;
import dev.gptoss.spring.chat.CallGuard;
import dev.gptoss.spring.chat.GenerationCancelledException;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ResilientGuardTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BulkheadAutoConfiguration.class,
                    RateLimiterAutoConfiguration.class,
                    TimeLimiterAutoConfiguration.class,
                    CircuitBreakerAutoConfiguration.class,
                    GptOssResilienceAutoConfiguration.class,
                    GptOssAutoConfiguration.class))
            .withBean(ScriptedEngine.class);

    private ApplicationContextRunner oneAtATime() {
        return runner.withPropertyValues(
                "gpt-oss.resilience.bulkhead=model", "resilience4j.bulkhead.instances.model.max-concurrent-calls=1");
    }

    @Test
    void withoutNamesNothingStandsBetween() {
        runner.run(context -> assertThat(context.getBean(CallGuard.class)).isSameAs(CallGuard.NONE));
    }

    @Test
    void fullBulkheadRefusesAndIsFreedByTheEndOfAStream() {
        oneAtATime().run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            GptOssChatModel model = context.getBean(GptOssChatModel.class);
            engine.reply(Reply.text("slow").withDelay(Duration.ofMinutes(1))).reply(Reply.text("quick"));
            Disposable slow = model.stream(new Prompt("Go")).subscribe();
            Awaitility.await().until(() -> engine.statistics().running() == 1);

            assertThatExceptionOfType(ModelBusyException.class)
                    .isThrownBy(() -> model.call(new Prompt("Go")))
                    .withMessageContaining("(model)");
            assertThatExceptionOfType(ModelBusyException.class)
                    .isThrownBy(() -> model.stream(new Prompt("Go")).blockLast());

            slow.dispose();
            assertThat(model.call("Go")).isEqualTo("quick");
        });
    }

    @Test
    void rateLimiterRefuses() {
        runner.withPropertyValues(
                        "gpt-oss.resilience.rate-limiter=model",
                        "resilience4j.ratelimiter.instances.model.limit-for-period=1",
                        "resilience4j.ratelimiter.instances.model.limit-refresh-period=1h",
                        "resilience4j.ratelimiter.instances.model.timeout-duration=0s")
                .run(context -> {
                    GptOssChatModel model = context.getBean(GptOssChatModel.class);
                    context.getBean(ScriptedEngine.class).reply(Reply.text("once"));

                    assertThat(model.call("Go")).isEqualTo("once");
                    assertThatExceptionOfType(ModelRateLimitedException.class).isThrownBy(() -> model.call("Go"));
                });
    }

    @Test
    void timeLimiterStopsTheEngine() {
        runner.withPropertyValues(
                        "gpt-oss.resilience.time-limiter=model",
                        "resilience4j.timelimiter.instances.model.timeout-duration=100ms")
                .run(context -> {
                    ScriptedEngine engine = context.getBean(ScriptedEngine.class);
                    GptOssChatModel model = context.getBean(GptOssChatModel.class);
                    engine.reply(Reply.text("slow").withDelay(Duration.ofMinutes(1)))
                            .reply(Reply.text("slow").withDelay(Duration.ofMinutes(1)));

                    assertThatExceptionOfType(ModelTimeoutException.class).isThrownBy(() -> model.call("Go"));
                    Awaitility.await().until(() -> engine.statistics().running() == 0);
                    assertThatExceptionOfType(ModelTimeoutException.class)
                            .isThrownBy(() -> model.stream(new Prompt("Go")).blockLast());

                    Awaitility.await().until(() -> engine.statistics().running() == 0);
                });
    }

    @Test
    void interruptedCallSaysSoAndStopsTheEngine() {
        oneAtATime().run(context -> {
            ScriptedEngine engine = context.getBean(ScriptedEngine.class);
            GptOssChatModel model = context.getBean(GptOssChatModel.class);
            engine.reply(Reply.text("slow").withDelay(Duration.ofMinutes(1))).reply(Reply.text("quick"));
            var outcome = new CompletableFuture<Throwable>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    outcome.completeExceptionally(new AssertionError(model.call("Go")));
                } catch (RuntimeException e) {
                    outcome.complete(e);
                }
            });
            Awaitility.await().until(() -> engine.statistics().running() == 1);

            caller.interrupt();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(GenerationCancelledException.class);
            assertThat(engine.statistics().running()).isZero();
            assertThat(model.call("Go")).isEqualTo("quick");
        });
    }

    @Test
    void callsOnThreadsOfTheReactorWait() {
        oneAtATime().run(context -> {
            GptOssChatModel model = context.getBean(GptOssChatModel.class);
            context.getBean(ScriptedEngine.class).reply(Reply.text("there"));
            Mono<String> call = Mono.fromCallable(() -> model.call("Go")).subscribeOn(Schedulers.parallel());
            assertThat(call.block()).isEqualTo("there");
        });
    }

    @Test
    void circuitOpensAfterFailures() {
        runner.withPropertyValues(
                        "gpt-oss.resilience.circuit-breaker=model",
                        "resilience4j.circuitbreaker.instances.model.minimum-number-of-calls=2",
                        "resilience4j.circuitbreaker.instances.model.sliding-window-size=2")
                .run(context -> {
                    GptOssChatModel model = context.getBean(GptOssChatModel.class);
                    Reply failure = Reply.failure(new EngineException("gone"));
                    context.getBean(ScriptedEngine.class).reply(failure).reply(failure);

                    assertThatExceptionOfType(EngineException.class).isThrownBy(() -> model.call("Go"));
                    assertThatExceptionOfType(EngineException.class).isThrownBy(() -> model.call("Go"));
                    assertThatExceptionOfType(ModelCircuitOpenException.class).isThrownBy(() -> model.call("Go"));
                });
    }
}
