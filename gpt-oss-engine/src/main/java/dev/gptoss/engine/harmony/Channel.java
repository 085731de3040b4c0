package dev.gptoss.engine.harmony;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The channels of assistant messages. A message may name another one, or none. */
public enum Channel {

    /** Chain of thought, and calls of built-in tools. Not meant for end users. */
    ANALYSIS,

    /** Calls of functions; without a recipient, preambles that the user sees. */
    COMMENTARY,

    /** The answer. */
    FINAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The channel as it is written in a header. */
    public String word() {
        return word;
    }

    /** Whether a message's channel is this one. */
    public boolean is(@Nullable String channel) {
        return word.equals(channel);
    }

    /** All channels as words, in the order of the system message. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Channel::word).toList();
    }
}
