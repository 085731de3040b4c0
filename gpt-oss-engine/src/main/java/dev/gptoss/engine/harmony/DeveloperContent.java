package dev.gptoss.engine.harmony;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a developer message says: the application's instructions, functions and response format.
 *
 * @param instructions null if there are none; an empty text still shows its heading
 * @param tools by namespace key; an application's functions are under {@code functions}
 * @param responseFormat told at the end of the instructions, or null
 */
public record DeveloperContent(
        @Nullable String instructions,
        Map<String, ToolNamespace> tools,
        @Nullable ResponseFormat responseFormat) implements Content {

    public DeveloperContent {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
    }

    /** Instructions alone. */
    public static DeveloperContent instructions(String instructions) {
        return new DeveloperContent(instructions, Map.of(), null);
    }

    /** This content with these functions, in the order they are shown. */
    public DeveloperContent withFunctions(List<ToolDefinition> functions) {
        Map<String, ToolNamespace> more = new LinkedHashMap<>(tools);
        more.put(ToolNamespace.FUNCTIONS, ToolNamespace.functions(functions));
        return new DeveloperContent(instructions, more, responseFormat);
    }

    /** Whether there are functions to call. */
    public boolean hasFunctions() {
        ToolNamespace functions = tools.get(ToolNamespace.FUNCTIONS);
        return functions != null && !functions.tools().isEmpty();
    }
}
