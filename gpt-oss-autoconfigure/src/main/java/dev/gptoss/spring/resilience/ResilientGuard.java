package dev.gptoss.spring.resilience;

import dev.gptoss.spring.chat.CallGuard;
import dev.gptoss.spring.chat.GenerationCancelledException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * From the outside in: circuit breaker, rate limiter, bulkhead, time limiter. A call that is refused or given up never
 * reaches the engine, or is stopped there.
 *
 * @param circuitBreaker counts failures and refuses after too many, or null
 * @param rateLimiter counts calls in a period, or null
 * @param bulkhead counts calls that run, or null
 * @param timeLimiter limits a call, and the whole of a stream, or null
 */
public record ResilientGuard(
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable RateLimiter rateLimiter,
        @Nullable Bulkhead bulkhead,
        @Nullable TimeLimiter timeLimiter)
        implements CallGuard {

    @Override
    public ChatResponse call(Supplier<ChatResponse> call) {
        OwnThread work = new OwnThread(call);
        CompletableFuture<@Nullable ChatResponse> answer =
                guarded(work.result().flux()).single().toFuture();
        try {
            return Objects.requireNonNull(answer.get());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw work.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Flux<ChatResponse> stream(Flux<ChatResponse> stream) {
        return guarded(stream);
    }

    private Flux<ChatResponse> guarded(Flux<ChatResponse> work) {
        Flux<ChatResponse> guarded = work;
        if (timeLimiter != null) {
            guarded = limited(guarded, timeLimiter);
        }
        if (bulkhead != null) {
            guarded = guarded.transformDeferred(BulkheadOperator.of(bulkhead));
        }
        if (rateLimiter != null) {
            guarded = guarded.transformDeferred(RateLimiterOperator.of(rateLimiter));
        }
        if (circuitBreaker != null) {
            guarded = guarded.transformDeferred(CircuitBreakerOperator.of(circuitBreaker));
        }
        return guarded.onErrorMap(this::typed);
    }

    /** One timer for the whole: an operator that takes an error from a timer would leave the work running. */
    private static Flux<ChatResponse> limited(Flux<ChatResponse> work, TimeLimiter limiter) {
        return Flux.defer(() -> {
            Mono<Long> timer = Mono.delay(limiter.getTimeLimiterConfig().getTimeoutDuration())
                    .cache();
            return work.timeout(timer, chunk -> timer)
                    .doOnError(limiter::onError)
                    .doOnComplete(limiter::onSuccess);
        });
    }

    private Throwable typed(Throwable error) {
        return switch (error) {
            case BulkheadFullException full -> new ModelBusyException(name(bulkhead, Bulkhead::getName), full);
            case RequestNotPermitted limited ->
                new ModelRateLimitedException(name(rateLimiter, RateLimiter::getName), limited);
            case CallNotPermittedException open ->
                new ModelCircuitOpenException(name(circuitBreaker, CircuitBreaker::getName), open);
            case TimeoutException late -> new ModelTimeoutException(name(timeLimiter, TimeLimiter::getName), late);
            default -> error;
        };
    }

    private static <T> String name(@Nullable T instance, Function<T, String> name) {
        return instance == null ? "" : name.apply(instance);
    }

    /** A call that is given up is interrupted, which stops the engine. */
    private static final class OwnThread {

        private final Supplier<ChatResponse> call;
        private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
        private volatile boolean isStarted;
        private volatile boolean isGivenUp;

        OwnThread(Supplier<ChatResponse> call) {
            this.call = call;
        }

        Mono<ChatResponse> result() {
            return Mono.create(sink -> {
                isStarted = true;
                Thread thread = Thread.ofVirtual().name("gpt-oss-call").start(() -> {
                    try {
                        sink.success(call.get());
                        failure.complete(new GenerationCancelledException());
                    } catch (Throwable e) {
                        failure.complete(e instanceof RuntimeException known ? known : new IllegalStateException(e));
                        if (!isGivenUp) { // else what it says is of no use to the operators around it
                            sink.error(e);
                        }
                    }
                });
                sink.onCancel(() -> {
                    isGivenUp = true;
                    thread.interrupt();
                });
            });
        }

        /** How the call ended after it was given up: with what the model had said by then. */
        RuntimeException cancelled() {
            return isStarted ? failure.join() : new GenerationCancelledException();
        }
    }
}
