package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool that the model may call.
 *
 * @param name without namespace, an identifier such as {@code get_weather}
 * @param description empty if there is none
 * @param parameters JSON Schema of the arguments, or null if the tool takes none
 */
public record ToolDefinition(
        String name, String description, @Nullable JsonNode parameters) {

    public ToolDefinition {
        parameters = parameters == null || parameters.isNull() ? null : parameters;
    }
}
