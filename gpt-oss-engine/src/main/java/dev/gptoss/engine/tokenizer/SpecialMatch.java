package dev.gptoss.engine.tokenizer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Special-token text found in a text.
 *
 * @param start index of its first char
 * @param end index behind its last char
 */
record SpecialMatch(int id, int start, int end) {

    /** The leftmost one at or after a place, or null; {@code allowed} null allows all. */
    static @Nullable SpecialMatch first(String text, int from, @Nullable Set<String> allowed) {
        for (int start = text.indexOf("<|", from); start >= 0; start = text.indexOf("<|", start + 1)) {
            int limit = Math.min(text.length(), start + SpecialTokens.LONGEST_TEXT);
            int close = text.indexOf("|>", start + 2, limit);
            if (close >= 0) {
                String candidate = text.substring(start, close + 2);
                Integer id = SpecialTokens.idOf(candidate);
                if (id != null && (allowed == null || allowed.contains(candidate))) {
                    return new SpecialMatch(id, start, close + 2);
                }
            }
        }
        return null;
    }
}
