package dev.gptoss.engine;

/**
 * Tokens of a request.
 *
 * @param prompt tokens of the prompt, cached ones included
 * @param cached tokens of the prompt that were not computed again
 * @param reasoning generated tokens of reasoning, headers included
 * @param completion all generated tokens, reasoning and terminators included
 */
public record Usage(int prompt, int cached, int reasoning, int completion) {

    public int total() {
        return prompt + completion;
    }
}
