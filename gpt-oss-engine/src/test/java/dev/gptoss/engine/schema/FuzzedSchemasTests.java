package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Random schemas compile or are refused with the typed error, in bounded time; what compiles can be walked and closed. */
class FuzzedSchemasTests {

    private static final String[] TYPES = {"null", "boolean", "integer", "number", "string", "array", "object", "x"};
    private static final String[] PATTERNS = {
        "^a", "b$", "^[a-c]{1,3}$", "(a|b)*c", "\\d+", "(?!x)", "(", "[z-a]", "\\1", ".{0,300}x.{0,300}"
    };
    private static final String[] FORMATS = {"date", "email", "uri", "int32", "ipv6", "uuid", "nope"};
    private static final String[] KEYS = {"a", "b", "c", "aa", "\u00e9\"\n"};

    private final Random random = new Random(11);

    @Test
    void randomSchemasCompileOrAreRefusedInTime() {
        int compiled = 0;
        for (int i = 0; i < (Schemas.FULL ? 3_000 : 300); i++) {
            JsonNode schema = schema(4);
            compiled += Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> survives(schema) ? 1 : 0, schema::toString);
        }
        assertThat(compiled).isPositive();
    }

    private boolean survives(JsonNode schema) {
        CompiledSchema compiled;
        try {
            compiled = Schemas.COMPILER.compileAfresh(schema, SchemaOptions.DEFAULT);
        } catch (SchemaNotSupportedException e) {
            return false;
        }
        JsonNode value = SchemaCompiler.JSON.readTree(Schemas.walk(compiled, random, 12));
        assertThat(value).isNotNull();
        return true;
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    private JsonNode schema(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (depth == 0 || random.nextInt(12) == 0) {
            return random.nextInt(4) == 0 ? json.booleanNode(random.nextInt(6) > 0) : json.objectNode();
        }
        var out = json.objectNode();
        for (int i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(22)) {
                case 0, 1, 2 -> out.put("type", pick(TYPES));
                case 3 -> out.set("enum", json.arrayNode().add(1).add("a").add(value(2)));
                case 4 -> out.set("const", value(2));
                case 5 -> out.put("minimum", random.nextInt(9) - 4.5);
                case 6 -> out.put("maximum", random.nextInt(90) - 4);
                case 7 -> out.put("multipleOf", pick("1", "2", "3").length() + random.nextInt(7));
                case 8 -> out.put("minLength", random.nextInt(4)).put("maxLength", random.nextInt(8));
                case 9 -> out.put("pattern", pick(PATTERNS));
                case 10 -> out.put("format", pick(FORMATS));
                case 11, 12 ->
                    out.set(
                            "properties",
                            json.objectNode()
                                    .<tools.jackson.databind.node.ObjectNode>set(pick(KEYS), schema(depth - 1))
                                    .set(pick(KEYS), schema(depth - 1)));
                case 13 -> out.set("required", json.arrayNode().add(pick(KEYS)));
                case 14 -> out.set("additionalProperties", schema(depth - 1));
                case 15 -> out.set("patternProperties", json.objectNode().set(pick(PATTERNS), schema(depth - 1)));
                case 16 ->
                    out.set(pick("items", "contains", "propertyNames", "not", "if", "then", "else"), schema(depth - 1));
                case 17 -> out.put(pick("minItems", "maxItems", "minProperties", "maxProperties"), random.nextInt(4));
                case 18 -> out.put("uniqueItems", true);
                case 19 ->
                    out.set(
                            pick("allOf", "anyOf", "oneOf"),
                            json.arrayNode().add(schema(depth - 1)).add(schema(depth - 1)));
                case 20 -> out.put("$ref", "#");
                default ->
                    out.set(
                            "dependentRequired",
                            json.objectNode().set(pick(KEYS), json.arrayNode().add(pick(KEYS))));
            }
        }
        return out;
    }

    private JsonNode value(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> json.nullNode();
            case 1 -> json.numberNode(random.nextInt(5) / 2.0);
            case 2 -> json.stringNode(pick(KEYS));
            case 3 -> json.booleanNode(random.nextBoolean());
            case 4 -> json.arrayNode().add(value(depth - 1));
            default -> json.objectNode().set(pick(KEYS), value(depth - 1));
        };
    }
}
