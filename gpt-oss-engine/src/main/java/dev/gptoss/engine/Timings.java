package dev.gptoss.engine;

import java.time.Duration;

/**
 * Where the time of a request went.
 *
 * @param queued from submission to the first step
 * @param prefill from the first step to the first token
 * @param decode from the first token to the last
 * @param total from submission to the end
 */
public record Timings(Duration queued, Duration prefill, Duration decode, Duration total) {}
