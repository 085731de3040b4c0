package dev.gptoss.spring.autoconfigure.resilience;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Which Resilience4j instances stand around the model. */
@ConfigurationProperties(GptOssResilienceProperties.PREFIX)
public class GptOssResilienceProperties {

    static final String PREFIX = "gpt-oss.resilience";

    /** Instance below resilience4j.circuitbreaker.instances that refuses calls after too many failures. */
    private @Nullable String circuitBreaker;

    /** Instance below resilience4j.ratelimiter.instances that limits calls in a period. */
    private @Nullable String rateLimiter;

    /** Instance below resilience4j.bulkhead.instances that limits calls at the same time. */
    private @Nullable String bulkhead;

    /** Instance below resilience4j.timelimiter.instances that limits the time of a call. */
    private @Nullable String timeLimiter;

    public @Nullable String getCircuitBreaker() {
        return circuitBreaker;
    }

    public void setCircuitBreaker(@Nullable String circuitBreaker) {
        this.circuitBreaker = circuitBreaker;
    }

    public @Nullable String getRateLimiter() {
        return rateLimiter;
    }

    public void setRateLimiter(@Nullable String rateLimiter) {
        this.rateLimiter = rateLimiter;
    }

    public @Nullable String getBulkhead() {
        return bulkhead;
    }

    public void setBulkhead(@Nullable String bulkhead) {
        this.bulkhead = bulkhead;
    }

    public @Nullable String getTimeLimiter() {
        return timeLimiter;
    }

    public void setTimeLimiter(@Nullable String timeLimiter) {
        this.timeLimiter = timeLimiter;
    }
}
