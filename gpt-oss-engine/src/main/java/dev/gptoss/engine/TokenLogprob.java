package dev.gptoss.engine;

import java.util.List;

/**
 * Log-probability of a generated token, over the whole vocabulary at temperature 1, before any mask.
 *
 * @param token id
 * @param logprob natural logarithm
 * @param top most likely tokens at this position, the likeliest first; empty if not asked for
 */
public record TokenLogprob(int token, float logprob, List<Candidate> top) {

    public TokenLogprob {
        top = List.copyOf(top);
    }

    /** One of the most likely tokens. */
    public record Candidate(int token, float logprob) {}
}
