package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;

/** What a message is for whoever serves it, told by its header alone. */
public enum MessageKind {

    /** Chain of thought: on {@code analysis}, to nobody. */
    REASONING,

    /** For the user: on {@code final}, on {@code commentary} to nobody, or on no channel that is known. */
    TEXT,

    /** A tool call: it has a recipient, on whatever channel and however it ended. */
    CALL,

    /** Not from the assistant. */
    INPUT;

    /** The kind of a message with these header fields. */
    public static MessageKind of(@Nullable Role role, @Nullable String channel, @Nullable String recipient) {
        if (role != Role.ASSISTANT) {
            return INPUT;
        }
        if (recipient != null && !recipient.equals(HarmonyGrammar.RECIPIENT_ALL)) {
            return CALL;
        }
        return Channel.ANALYSIS.is(channel) ? REASONING : TEXT;
    }
}
