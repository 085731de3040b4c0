package dev.gptoss.samples.cli;

import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.HarmonyJson;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.OldReasoning;
import dev.gptoss.engine.harmony.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conversation and how it is rendered.
 *
 * @param nextRole whose message is opened at the end, or null
 * @param isForTraining whether a final answer at the end is closed as the model is to say it
 */
record RenderEntry(
        Conversation conversation,
        OldReasoning oldReasoning,
        @Nullable Role nextRole,
        boolean isForTraining) {

    /** Reads {@code {"messages", "auto_drop_analysis", "next_role", "training"}}. */
    static RenderEntry read(JsonNode entry) {
        if (!entry.isObject()) {
            throw new CommandException("expected an object with messages, found " + Json.kind(entry));
        }
        return new RenderEntry(
                HarmonyJson.conversation(entry.path("messages")),
                flag(entry, "auto_drop_analysis", true) ? OldReasoning.REFERENCE : OldReasoning.KEEP,
                HarmonyJson.role(entry, "next_role"),
                flag(entry, "training", false));
    }

    int[] render(HarmonyRenderer renderer) {
        if (isForTraining) {
            return renderer.renderForTraining(conversation, oldReasoning);
        }
        return nextRole == null
                ? renderer.render(conversation, oldReasoning)
                : renderer.renderForCompletion(conversation, nextRole, oldReasoning);
    }

    private static boolean flag(JsonNode entry, String name, boolean absent) {
        JsonNode flag = entry.path(name);
        if (flag.isMissingNode() || flag.isNull()) {
            return absent;
        }
        if (!flag.isBoolean()) {
            throw new CommandException("expected " + name + " to be true or false, found " + Json.kind(flag));
        }
        return flag.booleanValue();
    }
}
