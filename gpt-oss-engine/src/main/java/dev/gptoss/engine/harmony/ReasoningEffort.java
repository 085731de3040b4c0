package dev.gptoss.engine.harmony;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How long the model thinks before it answers. It cannot be told not to think. */
public enum ReasoningEffort {
    LOW,
    MEDIUM,
    HIGH;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The effort as it is written in the system message. */
    public String word() {
        return word;
    }

    /**
     * The effort that a word asks for, or null. Words of other APIs are taken too: {@code none} and {@code minimal} as
     * low, {@code xhigh} and {@code max} as high.
     */
    public static @Nullable ReasoningEffort ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none", "minimal", "low" -> LOW;
            case "medium" -> MEDIUM;
            case "high", "xhigh", "max" -> HIGH;
            default -> null;
        };
    }
}
