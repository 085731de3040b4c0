package dev.gptoss.engine.harmony;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The {@code # Tools} section: declarations of tools as TypeScript-like types. */
final class ToolsSection {

    private static final Comparator<String> BY_CODE_POINT = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private ToolsSection() {}

    /** The section, namespaces in alphabetical order of their keys. */
    static String of(Map<String, ToolNamespace> namespaces) {
        List<String> blocks = new ArrayList<>();
        blocks.add("# Tools");
        namespaces.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_CODE_POINT))
                .forEach(entry -> blocks.add(block(entry.getValue())));
        return String.join("\n\n", blocks);
    }

    private static String block(ToolNamespace namespace) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + namespace.name() + "\n");
        boolean hasTools = !namespace.tools().isEmpty();
        if (namespace.description() != null) {
            for (String line : Lines.of(namespace.description())) {
                lines.add(hasTools ? "// " + line : line);
            }
        }
        if (hasTools) {
            lines.add("namespace " + namespace.name() + " {\n");
            for (ToolDefinition tool : namespace.tools()) {
                Lines.of(tool.description()).forEach(line -> lines.add("// " + line));
                JsonNode parameters = tool.parameters();
                String argument = parameters == null ? "" : "_: " + SchemaTypeText.of(parameters);
                lines.add("type " + tool.name() + " = (" + argument + ") => any;\n");
            }
            lines.add("} // namespace " + namespace.name());
        }
        return String.join("\n", lines);
    }
}
