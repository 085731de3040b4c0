package dev.gptoss.engine.harmony;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who speaks, from highest to lowest authority. */
public enum Role {

    /** Identity, dates, reasoning effort, built-in tools and channels; not the application's system prompt. */
    SYSTEM,

    /** The application's instructions, its functions and response formats. */
    DEVELOPER,

    /** User input. */
    USER,

    /** Model output. */
    ASSISTANT,

    /** Tool results; on the wire the tool's name stands in place of the role. */
    TOOL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The role as it is written in a header. */
    public String word() {
        return word;
    }

    /** The role that a word names, or null. */
    public static @Nullable Role ofWord(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        return null;
    }
}
