package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keywords that combine schemas, and references. */
final class Applicators {

    private final Expander expander;
    private final SchemaDocument document;

    Applicators(Expander expander, SchemaDocument document) {
        this.expander = expander;
        this.document = document;
    }

    /** The parts of a keyword, empty where another keyword reads it, null if it combines nothing. */
    @Nullable
    List<Part> parts(Position position, String keyword, JsonNode value) {
        return switch (keyword) {
            case "$ref", "$recursiveRef", "$dynamicRef" -> List.of(reference(position, keyword));
            case "allOf" -> List.of(all(branches(position, keyword, value)));
            case "anyOf" -> List.of(any(branches(position, keyword, value)));
            case "oneOf" -> List.of(one(branches(position, keyword, value)));
            case "not" -> List.of(all(new int[] {Literals.not(document.literal(position, value, keyword))}));
            case "if" -> conditional(position, value);
            case "then", "else" -> List.of();
            default -> null;
        };
    }

    Part reference(Position position, String keyword) {
        return all(new int[] {target(position, keyword)});
    }

    /** The literal that a reference names. */
    int target(Position position, String keyword) {
        JsonNode value = position.node().path(keyword);
        if (!value.isString()) {
            throw Keywords.malformed(position, keyword, "a string");
        }
        String reference = value.stringValue();
        if (keyword.equals("$recursiveRef")
                && document.root.path("$recursiveAnchor").booleanValue(false)) {
            throw new SchemaNotSupportedException(
                    position.pointer(), keyword, "dynamic scopes are not supported; use $ref");
        }
        int hash = reference.indexOf('#');
        if (keyword.equals("$dynamicRef") && (hash < 0 || !document.hasSingleAnchor(reference.substring(hash + 1)))) {
            throw new SchemaNotSupportedException(
                    position.pointer(), keyword, "an anchor that several schemas define is not supported; use $ref");
        }
        return document.resolve(position, keyword, reference);
    }

    int[] branches(Position position, String keyword, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw Keywords.malformed(position, keyword, "a non-empty array of schemas");
        }
        int[] out = new int[value.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = document.literal(position, value.get(i), keyword, String.valueOf(i));
        }
        return out;
    }

    private static int[] conjunction(int... literals) {
        TreeSet<Integer> set = new TreeSet<>();
        for (int literal : literals) {
            set.add(literal);
        }
        return Literals.conjunction(set);
    }

    private Part all(int[] literals) {
        return new Part(
                () -> expander.expand(conjunction(literals)),
                () -> {
                    TypeUnion union = TypeUnion.NONE;
                    for (int literal : literals) {
                        union = union.or(expander.expand(Literals.not(literal)), expander);
                    }
                    return union;
                },
                node -> {
                    boolean all = true;
                    for (int literal : literals) {
                        all = all && expander.holds(literal, node);
                    }
                    return all;
                },
                literals);
    }

    Part any(int[] literals) {
        return new Part(
                () -> {
                    TypeUnion union = TypeUnion.NONE;
                    for (int literal : literals) {
                        union = union.or(expander.expand(literal), expander);
                    }
                    return union;
                },
                () -> expander.expand(none(literals)),
                node -> {
                    boolean any = false;
                    for (int literal : literals) {
                        any = any || expander.holds(literal, node);
                    }
                    return any;
                });
    }

    private static int[] none(int[] literals) {
        int[] denied = new int[literals.length];
        for (int i = 0; i < denied.length; i++) {
            denied[i] = Literals.not(literals[i]);
        }
        return conjunction(denied);
    }

    private Part one(int[] literals) {
        return new Part(
                () -> {
                    TypeUnion union = TypeUnion.NONE;
                    for (int i = 0; i < literals.length; i++) {
                        List<Integer> conjunction = new ArrayList<>(List.of(literals[i]));
                        for (int k = 0; k < literals.length; k++) {
                            // A branch that cannot hold together with this one needs no denial.
                            if (k != i && !expander.isSurelyEmpty(literals[i], literals[k])) {
                                conjunction.add(Literals.not(literals[k]));
                            }
                        }
                        union = union.or(expander.expand(conjunction.toArray(Integer[]::new)), expander);
                    }
                    return union;
                },
                () -> {
                    TypeUnion union = expander.expand(none(literals));
                    for (int i = 0; i < literals.length; i++) {
                        for (int k = 0; k < i; k++) {
                            if (!expander.isSurelyEmpty(literals[i], literals[k])) {
                                union = union.or(expander.expand(literals[i], literals[k]), expander);
                            }
                        }
                    }
                    return union;
                },
                node -> {
                    int holding = 0;
                    for (int literal : literals) {
                        holding += expander.holds(literal, node) ? 1 : 0;
                    }
                    return holding == 1;
                });
    }

    private List<Part> conditional(Position position, JsonNode value) {
        int condition = document.literal(position, value, "if");
        int then = branch(position, "then");
        int otherwise = branch(position, "else");
        if (then == Literals.TRUE && otherwise == Literals.TRUE) {
            return List.of();
        }
        return List.of(new Part(
                () -> expander.expand(condition, then)
                        .or(expander.expand(Literals.not(condition), otherwise), expander),
                () -> expander.expand(condition, Literals.not(then))
                        .or(expander.expand(Literals.not(condition), Literals.not(otherwise)), expander),
                node -> expander.holds(expander.holds(condition, node) ? then : otherwise, node)));
    }

    /** The literal of {@code then} or {@code else}. */
    int branch(Position position, String keyword) {
        JsonNode schema = position.node().get(keyword);
        return schema == null ? Literals.TRUE : document.literal(position, schema, keyword);
    }
}
