package dev.gptoss.engine.harmony;

import org.jspecify.annotations.Nullable;

/**
 * The shape of an answer, told to the model in the developer message. Telling steers; only constrained decoding
 * guarantees.
 *
 * @param description one line or more, or null
 * @param schema compact JSON Schema on one line
 */
public record ResponseFormat(String name, @Nullable String description, String schema) {

    /** The section of the instructions that tells this format. */
    String section() {
        StringBuilder text =
                new StringBuilder("# Response Formats\n\n## ").append(name).append("\n\n");
        if (description != null) {
            for (String line : Lines.of(description)) {
                text.append("// ").append(line).append('\n');
            }
        }
        return text.append(schema).toString();
    }
}
