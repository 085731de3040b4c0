package dev.gptoss.spring.chat;

/**
 * Keys under which responses carry what Spring AI has no accessor for. {@link Reasoning} reads those of the chain of
 * thought.
 */
public final class GptOssMetadata {

    /** Message: the whole chain of thought as text, on final and tool-call chunks. */
    public static final String REASONING_CONTENT = "reasoningContent";

    /** Message: the next part of the chain of thought as text, while it streams. */
    public static final String REASONING_CONTENT_DELTA = "reasoningContentDelta";

    /** Generation: the same text as {@link #REASONING_CONTENT}. */
    public static final String THINKING = "thinking";

    /** Generation and response: number of generated tokens that were reasoning, as {@code Integer}. */
    public static final String REASONING_TOKENS = "reasoning-tokens";

    /** Generation and response: number of prompt tokens found in the cache, as {@code Integer}. */
    public static final String CACHED_TOKENS = "cached-tokens";

    /** Generation: log-probabilities, a list of {@link dev.gptoss.engine.TokenLogprob}. */
    public static final String LOGPROBS = "logprobs";

    /** Response: time from submission to the first token, as {@code Duration}. */
    public static final String TIME_TO_FIRST_TOKEN = "time-to-first-token";

    /** Response: time in the queue, as {@code Duration}. */
    public static final String QUEUE_DURATION = "queue-duration";

    /** Generation and response: generated tokens a second while decoding, as {@code Double}. */
    public static final String TOKENS_PER_SECOND = "tokens-per-second";

    /** Response, named as Ollama does: time from submission to the end, as {@code Duration}. */
    public static final String TOTAL_DURATION = "total-duration";

    /** Response, named as Ollama does: time it took to load the model, as {@code Duration}. */
    public static final String LOAD_DURATION = "load-duration";

    /** Response, named as Ollama does: time it took to compute the prompt, as {@code Duration}. */
    public static final String PROMPT_EVAL_DURATION = "prompt-eval-duration";

    /** Response, named as Ollama does: time it took to generate, as {@code Duration}. */
    public static final String EVAL_DURATION = "eval-duration";

    /** Response, named as Ollama does: number of prompt tokens, as {@code Integer}. */
    public static final String PROMPT_EVAL_COUNT = "prompt-eval-count";

    /** Response, named as Ollama does: number of generated tokens, as {@code Integer}. */
    public static final String EVAL_COUNT = "eval-count";

    /** Response, named as Ollama does: time of the response, as {@code Instant}. */
    public static final String CREATED_AT = "created-at";

    /** Response, named as Ollama does: whether this is the last chunk, as {@code Boolean}. */
    public static final String DONE = "done";

    private GptOssMetadata() {}
}
