package dev.gptoss.spring.autoconfigure.resilience;

import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.chat.CallGuard;
import dev.gptoss.spring.resilience.ResilientGuard;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/** Stands Resilience4j's instances around the model, where {@code gpt-oss.resilience.*} names any. */
@AutoConfiguration(before = GptOssAutoConfiguration.class)
@ConditionalOnClass({BulkheadOperator.class, BulkheadAutoConfiguration.class})
@EnableConfigurationProperties(GptOssResilienceProperties.class)
public final class GptOssResilienceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallGuard gptOssCallGuard(
            GptOssResilienceProperties properties,
            ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
            ObjectProvider<RateLimiterRegistry> rateLimiters,
            ObjectProvider<BulkheadRegistry> bulkheads,
            ObjectProvider<TimeLimiterRegistry> timeLimiters) {
        ResilientGuard guard = new ResilientGuard(
                instance(properties.getCircuitBreaker(), circuitBreakers, CircuitBreakerRegistry::circuitBreaker),
                instance(properties.getRateLimiter(), rateLimiters, RateLimiterRegistry::rateLimiter),
                instance(properties.getBulkhead(), bulkheads, BulkheadRegistry::bulkhead),
                instance(properties.getTimeLimiter(), timeLimiters, TimeLimiterRegistry::timeLimiter));
        return guard.equals(new ResilientGuard(null, null, null, null)) ? CallGuard.NONE : guard;
    }

    private static <R, T> @Nullable T instance(
            @Nullable String name, ObjectProvider<R> registry, BiFunction<R, String, T> instance) {
        return StringUtils.hasText(name) ? instance.apply(registry.getObject(), name) : null;
    }
}
