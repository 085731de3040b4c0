package dev.gptoss.it.nano;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function as a developer message declares it, read back into what an application would declare.
 *
 * @param parameters JSON Schema of the arguments
 */
record DeclaredFunction(String name, String description, ObjectNode parameters) {

    private static final Pattern NAMESPACE =
            Pattern.compile("namespace functions \\{\n(.*?)\n} // namespace functions", Pattern.DOTALL);
    private static final Pattern BEGIN = Pattern.compile("type (\\w+) = \\((_: \\{)?(\\) => any;)?");
    private static final Pattern PROPERTY = Pattern.compile("(\\w+)(\\?)?: (.*?),(?: // default: (.*))?");
    private static final JsonMapper JSON = new JsonMapper();

    static List<DeclaredFunction> of(String developerMessage) {
        Matcher namespace = NAMESPACE.matcher(developerMessage);
        if (!namespace.find()) {
            return List.of();
        }
        List<DeclaredFunction> functions = new ArrayList<>();
        String comment = "";
        for (String line : namespace.group(1).lines().toList()) {
            Matcher begin = BEGIN.matcher(line);
            Matcher property = PROPERTY.matcher(line);
            if (line.startsWith("// ")) {
                comment = line.substring(3);
            } else if (begin.matches()) {
                functions.add(new DeclaredFunction(begin.group(1), comment, emptyObject()));
                comment = "";
            } else if (property.matches()) {
                functions.getLast().add(property, comment);
                comment = "";
            } else if (!line.isEmpty() && !line.equals("}) => any;")) {
                throw new IllegalArgumentException("not a line of a declaration: " + line);
            }
        }
        return functions;
    }

    private static ObjectNode emptyObject() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties");
        schema.putArray("required");
        return schema.put("additionalProperties", false);
    }

    private void add(Matcher property, String comment) {
        ObjectNode schema = type(property.group(3));
        if (!comment.isEmpty()) {
            schema.put("description", comment);
        }
        if (property.group(4) != null) {
            schema.put("default", property.group(4));
        }
        ((ObjectNode) parameters.get("properties")).set(property.group(1), schema);
        if (property.group(2) == null) {
            ((ArrayNode) parameters.get("required")).add(property.group(1));
        }
    }

    private static ObjectNode type(String text) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (text.startsWith("\"")) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            Stream.of(text.split(" \\| ")).forEach(value -> values.add(JSON.readTree(value)));
        } else if (text.endsWith("[]")) {
            schema.put("type", "array").set("items", type(text.substring(0, text.length() - 2)));
        } else {
            schema.put("type", text);
        }
        return schema;
    }
}
