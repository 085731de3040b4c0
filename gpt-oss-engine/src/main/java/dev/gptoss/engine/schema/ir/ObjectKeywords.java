package dev.gptoss.engine.schema.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The keywords of objects. */
final class ObjectKeywords {

    private final Expander expander;
    private final SchemaDocument document;
    private final Patterns patterns;

    ObjectKeywords(Expander expander, SchemaDocument document, Patterns patterns) {
        this.expander = expander;
        this.document = document;
        this.patterns = patterns;
    }

    /** The parts of a keyword, empty where another keyword reads it, null if it is not one of objects. */
    @Nullable
    List<Part> parts(Position position, String keyword, JsonNode value) {
        return switch (keyword) {
            case "properties" -> List.of(rule(position));
            case "patternProperties" -> position.node().has("properties") ? List.of() : List.of(rule(position));
            case "additionalProperties" ->
                position.node().has("properties") || position.node().has("patternProperties")
                        ? List.of()
                        : List.of(rule(position));
            case "required" -> // a boolean: draft-03; beside properties they are read together
                value.isBoolean() || position.node().has("properties") ? List.of() : required(position, value);
            case "minProperties" -> {
                int min = Keywords.count(position, keyword, value);
                yield List.of(size(min, ObjectTerm.UNBOUNDED, min == 0 ? null : ObjectTerm.size(0, min - 1)));
            }
            case "maxProperties" -> {
                int max = Keywords.count(position, keyword, value);
                yield List.of(size(0, max, ObjectTerm.size(max + 1, ObjectTerm.UNBOUNDED)));
            }
            case "propertyNames" -> List.of(names(position, value));
            case "dependentRequired", "dependentSchemas", "dependencies" -> dependencies(position, keyword, value);
            default -> null;
        };
    }

    private static Part size(int min, int max, @Nullable ObjectTerm other) {
        return new Part(
                () -> TypeUnion.objects(ObjectTerm.size(min, max)).orOtherType(),
                () -> other == null ? TypeUnion.NONE : TypeUnion.objects(other),
                node -> !node.isObject() || node.size() >= min && node.size() <= max);
    }

    private List<Part> required(Position position, JsonNode value) {
        Set<String> keys = keys(position, "required", value);
        if (keys.isEmpty()) {
            return List.of();
        }
        return List.of(new Part(
                () -> TypeUnion.objects(ObjectTerm.requiring(keys)).orOtherType(),
                () -> TypeUnion.objects(keys.stream()
                        .map(key -> ObjectTerm.of(ObjectRule.of(key, Literals.FALSE)))
                        .toArray(ObjectTerm[]::new)),
                node -> !node.isObject() || keys.stream().allMatch(node::has)));
    }

    private static Set<String> keys(Position position, String keyword, JsonNode value) {
        if (!value.isArray()) {
            throw Keywords.malformed(position, keyword, "an array of strings");
        }
        Set<String> keys = new LinkedHashSet<>();
        for (JsonNode key : value.values()) {
            if (!key.isString()) {
                throw Keywords.malformed(position, keyword, "an array of strings");
            }
            keys.add(key.stringValue());
        }
        return keys;
    }

    private Part rule(Position position) {
        Map<String, Integer> properties = literals(position, "properties");
        Map<String, Integer> byPattern = literals(position, "patternProperties");
        byPattern.keySet().forEach(pattern -> patterns.check(pattern, position.pointer(), "patternProperties"));
        JsonNode other = position.node().get("additionalProperties");
        int additional = other == null ? Literals.TRUE : document.literal(position, other, "additionalProperties");
        ObjectRule rule = new ObjectRule(properties, byPattern, additional);
        JsonNode keys = position.node().get("required");
        Set<String> required = keys == null
                        || keys.isBoolean()
                        || properties.isEmpty() && !position.node().has("properties")
                ? Set.of()
                : keys(position, "required", keys);
        ObjectTerm term = ObjectTerm.of(rule);
        ObjectTerm whole = required.isEmpty() ? term : term.and(ObjectTerm.requiring(required));
        return new Part(
                () -> whole == null
                        ? TypeUnion.ofNonObjects()
                        : TypeUnion.objects(whole).orOtherType(),
                () -> TypeUnion.objects(violations(rule, required)),
                node -> !node.isObject()
                        || required.stream().allMatch(node::has) && expander.holdForMembers(term, node));
    }

    private Map<String, Integer> literals(Position position, String keyword) {
        JsonNode map = position.node().get(keyword);
        Map<String, Integer> out = new LinkedHashMap<>();
        if (map != null) {
            if (!map.isObject()) {
                throw Keywords.malformed(position, keyword, "an object of schemas");
            }
            map.forEachEntry((key, schema) -> out.put(key, document.literal(position, schema, keyword, key)));
        }
        return out;
    }

    /** Ways to violate a rule and its required keys; each keeps to what the ones before it violate. */
    private static ObjectTerm[] violations(ObjectRule rule, Set<String> required) {
        List<ObjectTerm> out = new ArrayList<>();
        Map<String, Integer> kept = new LinkedHashMap<>();
        Set<String> there = new LinkedHashSet<>();
        rule.properties().forEach((key, literal) -> {
            if (required.contains(key)) {
                // Missing, or of another value.
                add(out, kept, there, ObjectTerm.of(ObjectRule.of(key, Literals.not(literal))));
                there.add(key);
            } else if (literal != Literals.TRUE) {
                add(out, kept, there, ObjectTerm.with(key, Literals.not(literal)));
            }
            if (literal != Literals.TRUE) {
                kept.put(key, literal);
            }
        });
        for (String key : required) {
            if (!rule.properties().containsKey(key)) {
                add(out, kept, there, ObjectTerm.of(ObjectRule.of(key, Literals.FALSE)));
                there.add(key);
            }
        }
        rule.patterns().forEach((pattern, literal) -> {
            if (literal != Literals.TRUE) {
                ObjectTerm.Somewhere somewhere =
                        new ObjectTerm.Somewhere(null, pattern, Literals.TRUE, Literals.not(literal));
                add(out, kept, there, ObjectTerm.having(somewhere));
            }
        });
        if (rule.additional() != Literals.TRUE) {
            ObjectTerm.Somewhere somewhere =
                    new ObjectTerm.Somewhere(rule, null, Literals.TRUE, Literals.not(rule.additional()));
            add(out, kept, there, ObjectTerm.having(somewhere));
        }
        return out.toArray(ObjectTerm[]::new);
    }

    private static void add(List<ObjectTerm> out, Map<String, Integer> kept, Set<String> there, ObjectTerm term) {
        ObjectRule rule = new ObjectRule(new LinkedHashMap<>(kept), Map.of(), Literals.TRUE);
        ObjectTerm both = kept.isEmpty() ? term : term.and(ObjectTerm.of(rule));
        if (both != null && !there.isEmpty()) {
            both = both.and(ObjectTerm.requiring(new LinkedHashSet<>(there)));
        }
        if (both != null) {
            out.add(both);
        }
    }

    private Part names(Position position, JsonNode value) {
        int literal = document.literal(position, value, "propertyNames");
        return new Part(
                () -> literal == Literals.TRUE
                        ? TypeUnion.ANY
                        : TypeUnion.objects(ObjectTerm.named(literal)).orOtherType(),
                () -> TypeUnion.objects(
                        ObjectTerm.having(new ObjectTerm.Somewhere(null, null, Literals.not(literal), Literals.TRUE))),
                node -> !node.isObject()
                        || node.properties().stream()
                                .allMatch(member ->
                                        expander.holds(literal, JsonNodeFactory.instance.stringNode(member.getKey()))));
    }

    private List<Part> dependencies(Position position, String keyword, JsonNode value) {
        if (!value.isObject()) {
            throw Keywords.malformed(position, keyword, "an object");
        }
        List<Part> out = new ArrayList<>();
        value.forEachEntry((key, dependency) -> {
            if (dependency.isString() || dependency.isArray()) { // a single string: draft-03
                Set<String> required =
                        dependency.isString() ? Set.of(dependency.stringValue()) : keys(position, keyword, dependency);
                out.add(implied(key, required));
            } else {
                out.add(implied(key, document.literal(position, dependency, keyword, key)));
            }
        });
        return out;
    }

    private static Part implied(String key, Set<String> required) {
        ObjectTerm.Implied implied = new ObjectTerm.Implied(key, required);
        return new Part(
                () -> TypeUnion.objects(ObjectTerm.implying(implied)).orOtherType(),
                () -> {
                    List<ObjectTerm> out = new ArrayList<>();
                    for (String other : required) {
                        ObjectTerm term = ObjectTerm.requiring(Set.of(key))
                                .and(ObjectTerm.of(ObjectRule.of(other, Literals.FALSE)));
                        if (term != null) {
                            out.add(term);
                        }
                    }
                    return TypeUnion.objects(out.toArray(ObjectTerm[]::new));
                },
                node -> !node.isObject() || !node.has(key) || required.stream().allMatch(node::has));
    }

    private Part implied(String key, int literal) {
        Predicate<JsonNode> holds = node -> !node.isObject() || !node.has(key) || expander.holds(literal, node);
        TypeUnion present = TypeUnion.objects(ObjectTerm.requiring(Set.of(key)));
        return new Part(
                () -> TypeUnion.objects(ObjectTerm.of(ObjectRule.of(key, Literals.FALSE)))
                        .orOtherType()
                        .or(present.and(expander.expand(literal), expander), expander),
                () -> present.and(expander.expand(Literals.not(literal)), expander),
                holds);
    }
}
