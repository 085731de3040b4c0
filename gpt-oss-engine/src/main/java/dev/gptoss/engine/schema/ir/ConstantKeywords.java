package dev.gptoss.engine.schema.ir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** enum and const: arrays and objects become terms whose children are constants again. */
final class ConstantKeywords {

    private final Expander expander;
    private final SchemaDocument document;

    ConstantKeywords(Expander expander, SchemaDocument document) {
        this.expander = expander;
        this.document = document;
    }

    @Nullable
    Part part(Position position, String keyword, JsonNode value) {
        boolean isEnum = keyword.equals("enum");
        if (!isEnum && !keyword.equals("const")) {
            return null;
        }
        if (isEnum && !value.isArray()) {
            throw Keywords.malformed(position, keyword, "an array");
        }
        List<JsonNode> values = isEnum ? List.copyOf(value.values()) : List.of(value);
        Set<@Nullable Object> canonical = new HashSet<>();
        values.forEach(each -> canonical.add(JsonValues.canonical(each)));
        return new Part(
                () -> union(position, values),
                () -> complement(position, values),
                node -> canonical.contains(JsonValues.canonical(node)));
    }

    TypeUnion union(Position position, List<JsonNode> values) {
        boolean nulls = false;
        int bools = 0;
        Set<BigDecimal> numbers = new LinkedHashSet<>();
        Set<String> strings = new LinkedHashSet<>();
        Set<ArrayTerm> arrays = new LinkedHashSet<>();
        Set<ObjectTerm> objects = new LinkedHashSet<>();
        Set<@Nullable Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            if (!seen.add(JsonValues.canonical(value))) {
                continue;
            }
            if (value.isNull()) {
                nulls = true;
            } else if (value.isBoolean()) {
                bools |= value.booleanValue() ? 2 : 1;
            } else if (value.isNumber()) {
                numbers.add(JsonValues.number(value));
            } else if (value.isString()) {
                strings.add(value.stringValue());
            } else if (value.isArray()) {
                List<Integer> items = items(position, value);
                arrays.add(ArrayTerm.of(new ArrayRule(items, Literals.FALSE))
                        .and(ArrayTerm.size(items.size(), items.size())));
            } else {
                Map<String, Integer> members = members(position, value);
                objects.add(ObjectTerm.of(new ObjectRule(members, Map.of(), Literals.FALSE))
                        .and(ObjectTerm.requiring(members.keySet())));
            }
        }
        return new TypeUnion(
                nulls,
                bools,
                numbers.isEmpty() ? List.of() : List.of(numbers(numbers)),
                strings.isEmpty() ? List.of() : List.of(StringTerm.in(new StringAtom.Words(strings))),
                List.copyOf(arrays),
                List.copyOf(objects));
    }

    private TypeUnion complement(Position position, List<JsonNode> values) {
        TypeUnion scalars = union(position, values);
        int bools = 3 & ~scalars.bools();
        TypeUnion out = new TypeUnion(
                !scalars.nulls(),
                bools,
                scalars.numbers().isEmpty()
                        ? TypeUnion.ANY.numbers()
                        : scalars.numbers().stream()
                                .map(term -> NumberTerm.without(points(term)))
                                .toList(),
                scalars.strings().isEmpty()
                        ? TypeUnion.ANY.strings()
                        : scalars.strings().stream()
                                .map(term ->
                                        StringTerm.notIn(term.in().iterator().next()))
                                .toList(),
                TypeUnion.ANY.arrays(),
                TypeUnion.ANY.objects());
        for (JsonNode value : values) {
            if (value.isArray()) {
                out = out.and(TypeUnion.arrays(otherArrays(position, value)).orOtherType(), expander);
            } else if (value.isObject()) {
                out = out.and(TypeUnion.objects(otherObjects(position, value)).orOtherType(), expander);
            }
        }
        return out;
    }

    private NumberTerm numbers(Set<BigDecimal> points) {
        NumberTerm term = NumberTerm.of(points);
        return document.dialect.isAtLeast(Dialect.DRAFT_06) ? term : term.bare();
    }

    private static Set<BigDecimal> points(NumberTerm term) {
        Set<BigDecimal> points = term.points();
        return points == null ? Set.of() : points;
    }

    private ArrayTerm[] otherArrays(Position position, JsonNode value) {
        List<Integer> items = items(position, value);
        List<ArrayTerm> out = new ArrayList<>();
        if (!items.isEmpty()) {
            out.add(ArrayTerm.size(0, items.size() - 1));
        }
        out.add(ArrayTerm.size(items.size() + 1, ArrayTerm.UNBOUNDED));
        for (int i = 0; i < items.size(); i++) {
            List<Integer> prefix = new ArrayList<>();
            for (int k = 0; k < i; k++) {
                prefix.add(Literals.TRUE);
            }
            prefix.add(Literals.not(items.get(i)));
            out.add(new ArrayTerm(
                    Set.of(new ArrayRule(prefix, Literals.TRUE)), items.size(), items.size(), false, Set.of()));
        }
        return out.toArray(ArrayTerm[]::new);
    }

    private ObjectTerm[] otherObjects(Position position, JsonNode value) {
        Map<String, Integer> members = members(position, value);
        List<ObjectTerm> out = new ArrayList<>();
        members.forEach((key, literal) -> {
            out.add(ObjectTerm.of(ObjectRule.of(key, Literals.FALSE)));
            out.add(ObjectTerm.with(key, Literals.not(literal)));
        });
        out.add(ObjectTerm.size(members.size() + 1, ObjectTerm.UNBOUNDED));
        return out.toArray(ObjectTerm[]::new);
    }

    private List<Integer> items(Position position, JsonNode array) {
        List<Integer> out = new ArrayList<>();
        for (JsonNode item : array.values()) {
            out.add(literal(position, item));
        }
        return out;
    }

    private Map<String, Integer> members(Position position, JsonNode object) {
        Map<String, Integer> out = new LinkedHashMap<>();
        object.forEachEntry((key, value) -> out.put(key, literal(position, value)));
        return out;
    }

    /** A constant is a schema of its own, named by its text. */
    private int literal(Position position, JsonNode value) {
        JsonNode schema = JsonNodeFactory.instance
                .objectNode()
                .set("enum", JsonNodeFactory.instance.arrayNode().add(value));
        return document.literal(position, schema, "const", value.toString());
    }
}
