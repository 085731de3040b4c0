package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The keywords of arrays. */
final class ArrayKeywords {

    private final Expander expander;
    private final SchemaDocument document;

    ArrayKeywords(Expander expander, SchemaDocument document) {
        this.expander = expander;
        this.document = document;
    }

    /** The parts of a keyword, empty where another keyword reads it, null if it is not one of arrays. */
    @Nullable
    List<Part> parts(Position position, String keyword, JsonNode value) {
        return switch (keyword) {
            case "items" ->
                position.node().has("prefixItems") && document.dialect.isAtLeast(Dialect.DRAFT_2020_12)
                        ? List.of()
                        : List.of(items(position));
            case "prefixItems" -> List.of(items(position));
            case "additionalItems", "minContains", "maxContains" -> List.of();
            case "minItems" -> {
                int min = Keywords.count(position, keyword, value);
                yield List.of(size(min, ArrayTerm.UNBOUNDED, min == 0 ? null : ArrayTerm.size(0, min - 1)));
            }
            case "maxItems" -> {
                int max = Keywords.count(position, keyword, value);
                yield List.of(size(0, max, ArrayTerm.size(max + 1, ArrayTerm.UNBOUNDED)));
            }
            case "uniqueItems" -> value.isBoolean() && value.booleanValue() ? List.of(unique(position)) : List.of();
            case "contains" -> List.of(contains(position, value));
            default -> null;
        };
    }

    private static Part size(int min, int max, @Nullable ArrayTerm other) {
        return new Part(
                () -> TypeUnion.arrays(ArrayTerm.size(min, max)).orOtherType(),
                () -> other == null ? TypeUnion.NONE : TypeUnion.arrays(other),
                node -> !node.isArray() || node.size() >= min && node.size() <= max);
    }

    private static Part unique(Position position) {
        return new Part(
                () -> TypeUnion.arrays(ArrayTerm.ofUnique()).orOtherType(),
                () -> {
                    throw new SchemaNotSupportedException(position.pointer(), "uniqueItems", "cannot be negated");
                },
                node -> {
                    Set<@Nullable Object> seen = new HashSet<>();
                    return !node.isArray()
                            || node.values().stream().allMatch(item -> seen.add(JsonValues.canonical(item)));
                });
    }

    private Part items(Position position) {
        JsonNode items = position.node().get("items");
        JsonNode prefixItems = document.dialect.isAtLeast(Dialect.DRAFT_2020_12)
                ? position.node().get("prefixItems")
                : null;
        List<Integer> prefix = new ArrayList<>();
        int rest = Literals.TRUE;
        if (prefixItems != null || items != null && items.isArray()) {
            JsonNode tuple = prefixItems != null ? prefixItems : items;
            String keyword = prefixItems != null ? "prefixItems" : "items";
            if (tuple == null || !tuple.isArray()) {
                throw Keywords.malformed(position, keyword, "an array of schemas");
            }
            for (int i = 0; i < tuple.size(); i++) {
                prefix.add(document.literal(position, tuple.get(i), keyword, String.valueOf(i)));
            }
            String restKeyword = prefixItems != null ? "items" : "additionalItems";
            JsonNode restSchema = position.node().get(restKeyword);
            if (restSchema != null) {
                rest = document.literal(position, restSchema, restKeyword);
            }
        } else if (items != null) {
            rest = document.literal(position, items, "items");
        }
        ArrayRule rule = new ArrayRule(prefix, rest);
        return new Part(
                () -> TypeUnion.arrays(ArrayTerm.of(rule)).orOtherType(),
                () -> TypeUnion.arrays(violations(rule)),
                node -> {
                    boolean all = true;
                    for (int i = 0; node.isArray() && i < node.size(); i++) {
                        all = all && expander.holds(rule.literalAt(i), node.get(i));
                    }
                    return all;
                });
    }

    private static ArrayTerm[] violations(ArrayRule rule) {
        List<ArrayTerm> out = new ArrayList<>();
        for (int i = 0; i < rule.prefix().size(); i++) {
            if (rule.literalAt(i) != Literals.TRUE) {
                List<Integer> prefix = new ArrayList<>();
                for (int k = 0; k < i; k++) {
                    prefix.add(Literals.TRUE);
                }
                prefix.add(Literals.not(rule.literalAt(i)));
                out.add(new ArrayTerm(
                        Set.of(new ArrayRule(prefix, Literals.TRUE)), i + 1, ArrayTerm.UNBOUNDED, false, Set.of()));
            }
        }
        if (rule.rest() != Literals.TRUE) {
            out.add(ArrayTerm.containing(new ArrayTerm.Contained(
                    Literals.not(rule.rest()),
                    1,
                    ArrayTerm.UNBOUNDED,
                    rule.prefix().size())));
        }
        return out.toArray(ArrayTerm[]::new);
    }

    private Part contains(Position position, JsonNode value) {
        int literal = document.literal(position, value, "contains");
        boolean counts = document.dialect.isAtLeast(Dialect.DRAFT_2019_09);
        JsonNode minNode = counts ? position.node().get("minContains") : null;
        JsonNode maxNode = counts ? position.node().get("maxContains") : null;
        int min = minNode == null ? 1 : Keywords.count(position, "minContains", minNode);
        int max = maxNode == null ? ArrayTerm.UNBOUNDED : Keywords.count(position, "maxContains", maxNode);
        return new Part(
                () -> min == 0 && max == ArrayTerm.UNBOUNDED
                        ? TypeUnion.ANY
                        : min > max
                                ? otherTypes()
                                : TypeUnion.arrays(ArrayTerm.containing(new ArrayTerm.Contained(literal, min, max, 0)))
                                        .orOtherType(),
                () -> {
                    List<ArrayTerm> out = new ArrayList<>();
                    if (min == 1) {
                        out.add(ArrayTerm.of(new ArrayRule(List.of(), Literals.not(literal))));
                    } else if (min > 1) {
                        out.add(ArrayTerm.containing(new ArrayTerm.Contained(literal, 0, min - 1, 0)));
                    }
                    if (max != ArrayTerm.UNBOUNDED) {
                        out.add(ArrayTerm.containing(
                                new ArrayTerm.Contained(literal, max + 1, ArrayTerm.UNBOUNDED, 0)));
                    }
                    return TypeUnion.arrays(out.toArray(ArrayTerm[]::new));
                },
                node -> {
                    if (!node.isArray()) {
                        return true;
                    }
                    long found = node.values().stream()
                            .filter(item -> expander.holds(literal, item))
                            .count();
                    return found >= min && found <= max;
                });
    }

    private static TypeUnion otherTypes() {
        TypeUnion any = TypeUnion.ANY;
        return new TypeUnion(true, 3, any.numbers(), any.strings(), List.of(), any.objects());
    }
}
