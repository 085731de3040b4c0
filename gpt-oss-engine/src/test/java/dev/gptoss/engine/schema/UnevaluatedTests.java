package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What no other keyword has looked at, judged as an independent validator does. */
class UnevaluatedTests {

    private static final int SCHEMAS = Schemas.FULL ? 2_000 : 200;
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<JsonNode> VALUES =
            List.of(JsonNodeFactory.instance.numberNode(1), JsonNodeFactory.instance.stringNode("s"));

    /** Every object of three keys and every array of up to three items, over two values; and a scalar. */
    private static final List<JsonNode> INSTANCES = instances();

    private static List<JsonNode> instances() {
        List<JsonNode> out = new ArrayList<>(VALUES);
        out.add(JsonNodeFactory.instance.objectNode());
        for (String key : KEYS) {
            for (JsonNode before : List.copyOf(out)) {
                for (JsonNode value : before.isObject() ? VALUES : List.<JsonNode>of()) {
                    out.add(((ObjectNode) before.deepCopy()).set(key, value));
                }
            }
        }
        out.add(JsonNodeFactory.instance.arrayNode());
        for (int i = 0; i < out.size(); i++) {
            for (JsonNode value : out.get(i).isArray() && out.get(i).size() < 3 ? VALUES : List.<JsonNode>of()) {
                out.add(((ArrayNode) out.get(i).deepCopy()).add(value));
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'a':{}},'unevaluatedProperties':false}",
                "{'properties':{'a':{}},'unevaluatedProperties':{'type':'integer'}}",
                "{'allOf':[{'properties':{'a':{}}},{'properties':{'b':{'type':'string'}}}],'unevaluatedProperties':false}",
                "{'allOf':[{'properties':{'a':{}}},{'unevaluatedProperties':false}]}",
                "{'$ref':'#/$defs/x','properties':{'b':{}},'unevaluatedProperties':false,'$defs':{'x':{'properties':{'a':{'type':'integer'}}}}}",
                "{'anyOf':[{'properties':{'a':{'const':1}},'required':['a']},{'properties':{'b':{}},'required':['b']}],'unevaluatedProperties':false}",
                "{'oneOf':[{'properties':{'a':{}},'required':['a']},{'properties':{'b':{}},'required':['b']}],'unevaluatedProperties':false}",
                "{'if':{'properties':{'a':{'const':1}},'required':['a']},'then':{'properties':{'b':{}}},'else':{'properties':{'c':{}}},'unevaluatedProperties':false}",
                "{'if':{'properties':{'a':{'const':1}},'required':['a']},'unevaluatedProperties':false}",
                "{'dependentSchemas':{'a':{'properties':{'b':{}}}},'properties':{'a':{}},'unevaluatedProperties':false}",
                "{'not':{'not':{'properties':{'a':{}},'required':['a']}},'unevaluatedProperties':false}",
                "{'patternProperties':{'^[ab]$':{}},'unevaluatedProperties':false}",
                "{'allOf':[{'additionalProperties':true}],'unevaluatedProperties':false}",
                "{'allOf':[{'unevaluatedProperties':{'type':'integer'}}],'unevaluatedProperties':false}",
                "{'not':{'anyOf':[{'properties':{'a':{'const':1}},'required':['a']},{'properties':{'b':{}},'required':['b']}],'unevaluatedProperties':false}}",
                "{'prefixItems':[{'type':'string'}],'unevaluatedItems':false}",
                "{'allOf':[{'prefixItems':[{},{}]}],'unevaluatedItems':{'type':'string'}}",
                "{'contains':{'type':'string'},'unevaluatedItems':false}",
                "{'anyOf':[{'prefixItems':[{'const':1}]},{'prefixItems':[{},{'const':'s'}]}],'unevaluatedItems':false}",
                "{'if':{'contains':{'const':1}},'then':{'contains':{'const':'s'}},'unevaluatedItems':false}",
                "{'$schema':'https://json-schema.org/draft/2019-09/schema','items':[{}],'additionalItems':{'const':1},'unevaluatedItems':false}",
                "{'not':{'prefixItems':[{'type':'string'}],'contains':{'type':'integer'},'unevaluatedItems':false}}"
            })
    void instancesAreJudgedAsTheValidatorDoes(String quoted) {
        assertThat(disputed(quoted.replace('\'', '"'))).isEmpty();
    }

    @Test
    void randomSchemasAreJudgedAsTheValidatorDoes() {
        Random random = new Random(11);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            ObjectNode schema = schema(random, 3);
            schema.set(
                    random.nextBoolean() ? "unevaluatedProperties" : "unevaluatedItems",
                    random.nextBoolean() ? JsonNodeFactory.instance.booleanNode(false) : leaf(random));
            try {
                wrong.addAll(disputed(schema.toString()));
            } catch (SchemaNotSupportedException e) {
                refused++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).isLessThan(SCHEMAS / 5);
    }

    private static ObjectNode leaf(Random random) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return random.nextBoolean()
                ? node.put("type", random.nextBoolean() ? "integer" : "string")
                : node.set("const", VALUES.get(random.nextInt(2)));
    }

    private static ObjectNode schema(Random random, int depth) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        String key = KEYS.get(random.nextInt(3));
        switch (random.nextInt(depth == 0 ? 6 : 13)) {
            case 0 -> out.putObject("properties").set(key, leaf(random));
            case 1 -> {
                out.putObject("properties").putObject(key);
                out.putArray("required").add(key);
            }
            case 2 -> out.putObject("patternProperties").set("^[" + key + "c]$", leaf(random));
            case 3 -> out.putArray("prefixItems").add(leaf(random));
            case 4 -> out.set("contains", leaf(random));
            case 5 -> out.putArray("required").add(key);
            case 6 -> several(out.putArray("allOf"), random, depth);
            case 7, 8 -> several(out.putArray("anyOf"), random, depth);
            case 9 -> several(out.putArray("oneOf"), random, depth);
            case 10 -> {
                out.set("if", schema(random, depth - 1));
                out.set("then", schema(random, depth - 1));
                out.set("else", schema(random, depth - 1));
            }
            case 11 -> out.putObject("dependentSchemas").set(key, schema(random, depth - 1));
            default -> out.putObject("not").set("not", schema(random, depth - 1));
        }
        if (random.nextInt(3) == 0) {
            out.setAll(schema(random, 0));
        }
        if (random.nextInt(8) == 0) {
            out.put(random.nextBoolean() ? "unevaluatedProperties" : "unevaluatedItems", false);
        }
        return out;
    }

    private static void several(ArrayNode branches, Random random, int depth) {
        branches.add(schema(random, depth - 1)).add(schema(random, depth - 1));
    }

    /** The instances that are judged otherwise. */
    private static List<String> disputed(String text) {
        CompiledSchema compiled;
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaCompiler.JSON.readTree(text));
        List<JsonNode> valid = INSTANCES.stream()
                .filter(instance -> validator.validate(instance).isEmpty())
                .toList();
        try {
            compiled = Schemas.compile(text);
        } catch (SchemaNotSupportedException e) {
            if (valid.isEmpty() && String.valueOf(e.getMessage()).contains("no instance can satisfy")) {
                return List.of();
            }
            throw e;
        }
        return INSTANCES.stream()
                .filter(instance ->
                        Schemas.accepts(compiled, CompactJson.write(instance, false)) != valid.contains(instance))
                .map(instance -> text + " says of " + instance + " that it is valid: " + valid.contains(instance))
                .toList();
    }
}
