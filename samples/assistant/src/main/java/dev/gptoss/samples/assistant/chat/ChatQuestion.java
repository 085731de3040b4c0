package dev.gptoss.samples.assistant.chat;

import dev.gptoss.engine.harmony.ReasoningEffort;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks.
 *
 * @param conversation id of the conversation, made by the page
 * @param text the question
 * @param effort how long to think, or null for the default
 */
record ChatQuestion(
        @NotBlank @Size(max = 64) String conversation,
        @NotBlank @Size(max = 8000) String text,
        @Nullable ReasoningEffort effort) {}
