package dev.gptoss.engine;

/**
 * Load and memory at one moment, and totals since the model was opened.
 *
 * @param running sequences being computed
 * @param waiting requests in the queue
 * @param queueLimit most requests that wait
 * @param kvPagesUsed pages of KV in use
 * @param kvPages pages of KV reserved
 * @param cachedTokens tokens of prompts found in the prefix cache, in total
 * @param promptTokens tokens of prompts, in total
 * @param completionTokens generated tokens, in total
 * @param forcedTokens generated tokens that had no alternative and were not sampled, in total
 * @param draftedTokens tokens that were foreseen and computed together with the token before them, in total
 * @param acceptedTokens foreseen tokens that were then sampled, in total; a step was saved for each
 * @param rejected requests refused because the queue was full, in total
 * @param cancelled requests cancelled or past a deadline, in total
 */
public record EngineStatistics(
        int running,
        int waiting,
        int queueLimit,
        int kvPagesUsed,
        int kvPages,
        long cachedTokens,
        long promptTokens,
        long completionTokens,
        long forcedTokens,
        long draftedTokens,
        long acceptedTokens,
        long rejected,
        long cancelled) {}
