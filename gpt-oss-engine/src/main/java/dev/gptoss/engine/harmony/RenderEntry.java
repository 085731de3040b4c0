package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conversation to render, and how.
 *
 * @param nextRole whose opening stands at the end, or null for none
 * @param isForTraining whether a final answer at the end is closed by {@code <|return|>}
 */
public record RenderEntry(
        Conversation conversation,
        OldReasoning oldReasoning,
        @Nullable Role nextRole,
        boolean isForTraining) {

    public RenderEntry {
        if (isForTraining && nextRole != null) {
            throw new IllegalArgumentException("training text has no next_role, was " + nextRole.word());
        }
    }

    /**
     * Reads {@code {"messages", "auto_drop_analysis", "next_role", "training"}}; the reference's rule for old reasoning
     * applies unless {@code auto_drop_analysis} is false.
     *
     * @throws IllegalArgumentException naming the place, if the JSON is of another shape
     */
    public static RenderEntry read(JsonNode entry) {
        JsonField fields = JsonField.root("", entry);
        boolean drops = fields.member("auto_drop_analysis").flag(true);
        return new RenderEntry(
                HarmonyJson.conversation(fields.member("messages").value()),
                drops ? OldReasoning.REFERENCE : OldReasoning.KEEP,
                HarmonyJson.role(entry, "next_role"),
                fields.member("training").flag(false));
    }

    /** The token ids. */
    public int[] render(HarmonyRenderer renderer) {
        if (isForTraining) {
            return renderer.renderForTraining(conversation, oldReasoning);
        }
        return nextRole == null
                ? renderer.render(conversation, oldReasoning)
                : renderer.renderForCompletion(conversation, nextRole, oldReasoning);
    }
}
