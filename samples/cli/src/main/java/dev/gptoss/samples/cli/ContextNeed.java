package dev.gptoss.samples.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a context some inputs need, so that a long one is not refused. */
final class ContextNeed {

    /** Up to here the engine's own default does. */
    private static final int USUAL = 8192;

    /** Room for what the engine completes: system message, effort, response format. */
    private static final int COMPLETION = 512;

    private ContextNeed() {}

    /**
     * Positions, or 0 where the engine's default holds everything.
     *
     * @param maxTokens most generated tokens, or null for no limit
     */
    static int of(GenerateInput input, List<byte[]> lines, @Nullable Integer maxTokens) {
        long longest = 0;
        for (byte[] line : lines) {
            longest = Math.max(longest, tokens(input, line));
        }
        long needed = longest + COMPLETION + (maxTokens == null ? 0 : maxTokens);
        return needed <= USUAL ? 0 : (int) Math.min(needed, Integer.MAX_VALUE);
    }

    /** A bad line needs nothing; it tells its error when its turn comes. */
    private static int tokens(GenerateInput input, byte[] line) {
        try {
            return input.promptTokens(Lines.text(line));
        } catch (RuntimeException bad) {
            return 0;
        }
    }
}
