package dev.gptoss.engine.harmony;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a system message says. Unset parts are left out of the text.
 *
 * @param identity first line; keep the one the model was trained on, a persona belongs into the developer message
 * @param knowledgeCutoff such as {@code 2024-06}
 * @param currentDate ISO date of the conversation, such as {@code 2025-06-28}
 * @param tools built-in tools by namespace key
 * @param channels valid channels; none leaves the section out
 * @param channelRequired whether the text says that every message must name its channel
 */
public record SystemContent(
        @Nullable String identity,
        @Nullable String knowledgeCutoff,
        @Nullable String currentDate,
        @Nullable ReasoningEffort effort,
        Map<String, ToolNamespace> tools,
        List<String> channels,
        boolean channelRequired)
        implements Content {

    private static final SystemContent STANDARD = new SystemContent(
            "You are ChatGPT, a large language model trained by OpenAI.",
            "2024-06",
            null,
            ReasoningEffort.MEDIUM,
            Map.of(),
            Channel.words(),
            true);

    public SystemContent {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
        channels = List.copyOf(channels);
    }

    /** The identity, cutoff and channels the model was trained with, medium effort, no date and no tools. */
    public static SystemContent standard() {
        return STANDARD;
    }

    /** This content with another date, ISO such as {@code 2025-06-28}. */
    public SystemContent withCurrentDate(@Nullable String date) {
        return new SystemContent(identity, knowledgeCutoff, date, effort, tools, channels, channelRequired);
    }

    /** This content with another reasoning effort. */
    public SystemContent withEffort(@Nullable ReasoningEffort other) {
        return new SystemContent(identity, knowledgeCutoff, currentDate, other, tools, channels, channelRequired);
    }

    /** This content with one more namespace of built-in tools, under its own name. */
    public SystemContent withTools(ToolNamespace namespace) {
        Map<String, ToolNamespace> more = new LinkedHashMap<>(tools);
        more.put(namespace.name(), namespace);
        return new SystemContent(identity, knowledgeCutoff, currentDate, effort, more, channels, channelRequired);
    }

    /** This content with other valid channels. */
    public SystemContent withChannels(List<String> others) {
        return new SystemContent(identity, knowledgeCutoff, currentDate, effort, tools, others, channelRequired);
    }
}
