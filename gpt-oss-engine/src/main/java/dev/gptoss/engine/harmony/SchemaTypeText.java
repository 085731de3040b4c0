package dev.gptoss.engine.harmony;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Renders a JSON Schema as the TypeScript-like type that the model was trained on, character for character as the
 * reference library does, its oddities included: an indentation is that of the child, so a nested object's brace stands
 * under its properties.
 */
final class SchemaTypeText {

    private static final String ANY = "any";

    private SchemaTypeText() {}

    static String of(JsonNode schema) {
        return type(schema, "");
    }

    private static String type(JsonNode schema, String indent) {
        JsonNode variants = schema.get("oneOf");
        if (variants != null && variants.isArray()) {
            return variants(variants, indent);
        }
        JsonNode type = schema.get("type");
        if (type == null) {
            return ANY;
        }
        if (type.isArray()) {
            String union = type.valueStream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .map(name -> name.equals("integer") ? "number" : name)
                    .collect(Collectors.joining(" | "));
            boolean named = type.valueStream().anyMatch(JsonNode::isString);
            return named ? union : ANY;
        }
        if (!type.isString()) {
            return ANY;
        }
        return switch (type.stringValue()) {
            case "object" -> object(schema, indent);
            case "string" -> string(schema);
            case "number", "integer" -> "number";
            case "boolean" -> "boolean";
            case "array" -> array(schema.get("items"), indent);
            default -> ANY;
        };
    }

    private static String variants(JsonNode variants, String indent) {
        StringBuilder text = new StringBuilder();
        for (JsonNode variant : variants) {
            List<String> comment = new ArrayList<>();
            addIfPresent(comment, string(variant, "description"));
            addIfPresent(comment, variantDefault(variant));
            text.append('\n').append(indent).append(" | ").append(nullable(variant, type(variant, indent + "   ")));
            appendComment(text, comment);
        }
        return text.toString();
    }

    private static String string(JsonNode schema) {
        JsonNode values = schema.get("enum");
        if (values == null || !values.isArray() || values.valueStream().noneMatch(JsonNode::isString)) {
            return "string";
        }
        return values.valueStream()
                .filter(JsonNode::isString)
                .map(value -> '"' + value.stringValue() + '"')
                .collect(Collectors.joining(" | "));
    }

    private static String array(@Nullable JsonNode items, String indent) {
        return items == null ? "Array<any>" : type(items, indent) + "[]";
    }

    private static String object(JsonNode schema, String indent) {
        StringBuilder text = new StringBuilder();
        appendLine(text, indent, string(schema, "description"));
        text.append("{\n");
        JsonNode properties = schema.get("properties");
        if (properties != null && properties.isObject()) {
            Set<String> required = required(schema);
            properties.properties().forEach(property -> {
                String name = property.getKey() + (required.contains(property.getKey()) ? "" : "?");
                property(text, name, property.getValue(), indent);
            });
        }
        return text.append(indent).append('}').toString();
    }

    private static Set<String> required(JsonNode schema) {
        Set<String> names = new HashSet<>();
        JsonNode required = schema.get("required");
        if (required != null && required.isArray()) {
            required.valueStream().filter(JsonNode::isString).forEach(name -> names.add(name.stringValue()));
        }
        return names;
    }

    private static void property(StringBuilder text, String name, JsonNode schema, String indent) {
        JsonNode variants = schema.get("oneOf");
        String title = string(schema, "title");
        if (title != null) {
            appendLine(text, indent, title);
            text.append(indent).append("//\n");
        }
        if (variants == null) {
            appendLine(text, indent, string(schema, "description"));
        }
        examples(text, schema.get("examples"), indent);
        if (variants != null && variants.isArray()) {
            choice(text, name, schema, variants, indent);
            return;
        }
        text.append(indent).append(name).append(": ").append(nullable(schema, type(schema, indent + "    ")));
        text.append(',');
        String defaultText = variants == null ? propertyDefault(schema) : null;
        if (defaultText != null) {
            text.append(" // ").append(defaultText);
        }
        text.append('\n');
    }

    private static void examples(StringBuilder text, @Nullable JsonNode examples, String indent) {
        if (examples == null || !examples.isArray() || examples.isEmpty()) {
            return;
        }
        text.append(indent).append("// Examples:\n");
        for (JsonNode example : examples) {
            if (example.isString()) {
                text.append(indent)
                        .append("// - \"")
                        .append(example.stringValue())
                        .append("\"\n");
            }
        }
    }

    /** A property of several variants, one a line. A description that a variant repeats is told once. */
    private static void choice(StringBuilder text, String name, JsonNode schema, JsonNode variants, String indent) {
        String description = string(schema, "description");
        JsonNode first = variants.get(0);
        boolean toldAbove = description != null && (first == null || !description.equals(string(first, "description")));
        if (toldAbove) {
            appendLine(text, indent, description);
        }
        appendLine(text, indent, propertyDefault(schema));
        text.append(indent).append(name).append(":\n");
        boolean isFirst = true;
        for (JsonNode variant : variants) {
            List<String> comment = new ArrayList<>();
            String about = string(variant, "description");
            if (!(isFirst && toldAbove) && about != null && !about.equals(description)) {
                comment.add(about);
            }
            addIfPresent(comment, propertyDefault(variant));
            text.append(indent).append(" | ").append(nullable(variant, type(variant, indent + "   ")));
            appendComment(text, comment);
            text.append('\n');
            isFirst = false;
        }
        text.append(indent).append(",\n");
    }

    private static String nullable(JsonNode schema, String type) {
        JsonNode nullable = schema.get("nullable");
        boolean mayBeNull = nullable != null && nullable.isBoolean() && nullable.booleanValue();
        return mayBeNull && !type.contains("null") ? type + " | null" : type;
    }

    /** In a list of variants a string default beside an enum is JSON. */
    private static @Nullable String variantDefault(JsonNode schema) {
        JsonNode value = schema.get("default");
        if (value == null) {
            return null;
        }
        return "default: " + (value.isString() && !hasEnum(schema) ? quoted(value) : JsonText.of(value));
    }

    /** In a property a string default beside an enum is bare. */
    private static @Nullable String propertyDefault(JsonNode schema) {
        JsonNode value = schema.get("default");
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            return "default: " + JsonText.of(value);
        }
        return "default: " + (hasEnum(schema) ? value.stringValue() : quoted(value));
    }

    private static String quoted(JsonNode text) {
        return '"' + text.stringValue() + '"';
    }

    private static boolean hasEnum(JsonNode schema) {
        JsonNode values = schema.get("enum");
        return values != null && values.isArray() && !values.isEmpty();
    }

    private static @Nullable String string(JsonNode schema, String key) {
        JsonNode value = schema.get(key);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private static void addIfPresent(List<String> parts, @Nullable String part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private static void appendLine(StringBuilder text, String indent, @Nullable String comment) {
        if (comment != null) {
            text.append(indent).append("// ").append(comment).append('\n');
        }
    }

    private static void appendComment(StringBuilder text, List<String> parts) {
        if (!parts.isEmpty()) {
            text.append(" // ").append(String.join(" ", parts));
        }
    }
}
