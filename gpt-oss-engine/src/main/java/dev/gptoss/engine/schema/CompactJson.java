package dev.gptoss.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The compact text of a value: no whitespace, only quotes, backslashes and control characters escaped. */
final class CompactJson {

    private CompactJson() {}

    /** @param isReversed whether the keys of objects are written in reverse */
    static String write(JsonNode node, boolean isReversed) {
        StringBuilder out = new StringBuilder();
        write(node, isReversed, out);
        return out.toString();
    }

    private static void write(JsonNode node, boolean isReversed, StringBuilder out) {
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
            char before = '{';
            for (Map.Entry<String, JsonNode> member : isReversed ? members.reversed() : members) {
                out.append(before);
                before = ',';
                write(member.getKey(), out);
                out.append(':');
                write(member.getValue(), isReversed, out);
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            char before = '[';
            for (JsonNode item : node.values()) {
                out.append(before);
                before = ',';
                write(item, isReversed, out);
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isString()) {
            write(node.stringValue(), out);
        } else {
            out.append(node.toString());
        }
    }

    private static void write(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int named = "\b\f\n\r\t\"\\".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("bfnrt\"\\".charAt(named));
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
