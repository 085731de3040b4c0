package dev.gptoss.engine.harmony;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tools under a common name.
 *
 * @param description shown above the tools, or null
 * @param tools in the order they are shown; a namespace may have none and be a tool itself, such as {@code python}
 */
public record ToolNamespace(String name, @Nullable String description, List<ToolDefinition> tools) {

    /** Name of the namespace of an application's own functions. */
    public static final String FUNCTIONS = "functions";

    public ToolNamespace {
        tools = List.copyOf(tools);
    }

    /** The application's own functions, in the order they are shown. */
    public static ToolNamespace functions(List<ToolDefinition> tools) {
        return new ToolNamespace(FUNCTIONS, null, tools);
    }
}
