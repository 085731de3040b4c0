package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote a message.
 *
 * @param name of the tool, such as {@code functions.get_weather}, or of a participant
 */
public record Author(Role role, @Nullable String name) {

    /** An author without a name. */
    public static Author of(Role role) {
        return new Author(role, null);
    }

    /** The tool of that name. */
    public static Author tool(String name) {
        return new Author(Role.TOOL, name);
    }
}
