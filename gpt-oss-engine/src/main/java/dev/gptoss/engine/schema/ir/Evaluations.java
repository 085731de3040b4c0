package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a schema and those applied in place look at, as alternatives: which of them hold differs between instances. The
 * more schemas hold, the more is looked at; so alternatives that only say what holds cover every instance, and each is
 * true of whatever satisfies it. Exact ones also say what does not hold, as a denial needs.
 */
final class Evaluations {

    private static final int MAX_ALTERNATIVES = 256;

    private final Expander expander;
    private final SchemaDocument document;
    private final Applicators applicators;
    private final String keyword;
    private final boolean isOfItems;
    private final boolean isExact;
    private final Set<Integer> path = new HashSet<>();

    private Evaluations(
            Expander expander, SchemaDocument document, Applicators applicators, String keyword, boolean isExact) {
        this.expander = expander;
        this.document = document;
        this.applicators = applicators;
        this.keyword = keyword;
        isOfItems = keyword.equals("unevaluatedItems");
        this.isExact = isExact;
    }

    /**
     * The alternatives beside a keyword.
     *
     * @param keyword {@code unevaluatedProperties} or {@code unevaluatedItems}
     * @throws SchemaNotSupportedException if there are too many
     */
    static List<Evaluated> beside(
            Position position,
            String keyword,
            boolean isExact,
            Expander expander,
            SchemaDocument document,
            Applicators applicators) {
        return new Evaluations(expander, document, applicators, keyword, isExact).of(position, true);
    }

    private List<Evaluated> of(int literal) {
        if (literal <= Literals.FALSE) {
            return literal == Literals.TRUE ? List.of(Evaluated.NOTHING) : List.of();
        }
        Position position = document.position(literal >> 1);
        if (!path.add(literal)) {
            throw new SchemaNotSupportedException(
                    position.pointer(), "$ref", "references form a cycle without a value in between");
        }
        List<Evaluated> out = of(position, false);
        path.remove(literal);
        return out;
    }

    private List<Evaluated> of(Position position, boolean isAsking) {
        if (!isAsking && position.node().has(keyword)) {
            return List.of(Evaluated.ALL);
        }
        Evaluated here = isOfItems ? items(position) : properties(position);
        if (here.isAll()) {
            return List.of(Evaluated.ALL);
        }
        List<Evaluated> out = List.of(here);
        for (Map.Entry<String, JsonNode> entry : position.node().properties()) {
            out = !Keywords.isDefined(entry.getKey(), document.dialect)
                    ? out
                    : withApplied(out, position, entry.getKey(), entry.getValue());
        }
        return out;
    }

    private static Evaluated properties(Position position) {
        JsonNode node = position.node();
        return node.has("additionalProperties")
                ? Evaluated.ALL
                : Evaluated.ofKeys(names(node.path("properties")), names(node.path("patternProperties")));
    }

    private static Set<String> names(JsonNode node) {
        return new LinkedHashSet<>(node.propertyNames());
    }

    private Evaluated items(Position position) {
        JsonNode node = position.node();
        boolean isTuple = node.path("items").isArray();
        boolean hasPrefix = document.dialect.isAtLeast(Dialect.DRAFT_2020_12);
        if (node.has("items") && !isTuple || isTuple && node.has("additionalItems")) {
            return Evaluated.ALL;
        }
        int first = isTuple
                ? node.path("items").size()
                : hasPrefix ? node.path("prefixItems").size() : 0;
        JsonNode contains = node.get("contains");
        if (contains == null || !hasPrefix) {
            return Evaluated.ofItems(first, Set.of());
        }
        int literal = document.literal(position, contains, "contains");
        return literal == Literals.TRUE ? Evaluated.ALL : Evaluated.ofItems(first, Set.of(literal));
    }

    private List<Evaluated> withApplied(List<Evaluated> out, Position position, String name, JsonNode value) {
        return switch (name) {
            case "$ref", "$dynamicRef", "$recursiveRef" -> both(out, of(applicators.target(position, name)), position);
            case "allOf" -> {
                List<Evaluated> all = out;
                for (int literal : applicators.branches(position, name, value)) {
                    all = both(all, of(literal), position);
                }
                yield all;
            }
            case "anyOf" -> {
                List<Evaluated> all = out;
                for (int literal : applicators.branches(position, name, value)) {
                    all = both(all, perhaps(literal, of(literal)), position);
                }
                yield all;
            }
            case "oneOf" -> both(out, one(applicators.branches(position, name, value)), position);
            case "if" -> both(out, conditional(position, value), position);
            case "dependentSchemas", "dependencies" -> {
                List<Evaluated> all = out;
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    if (entry.getValue().isObject()) {
                        int literal = document.literal(position, entry.getValue(), name, entry.getKey());
                        List<Evaluated> evaluated = of(literal);
                        all = isNothing(evaluated)
                                ? all
                                : both(all, perhaps(expander.present(position, entry.getKey()), evaluated), position);
                    }
                }
                yield all;
            }
            default -> out;
        };
    }

    private static boolean isNothing(List<Evaluated> all) {
        return all.stream().allMatch(Evaluated::isNothing);
    }

    private static List<Evaluated> where(Set<Integer> conditions, List<Evaluated> all) {
        return all.stream().map(each -> each.where(conditions)).toList();
    }

    private List<Evaluated> perhaps(int condition, List<Evaluated> evaluated) {
        if (isNothing(evaluated)) {
            return List.of(Evaluated.NOTHING);
        }
        if (condition == Literals.TRUE) {
            return evaluated;
        }
        List<Evaluated> out = new ArrayList<>(where(Set.of(condition), evaluated));
        out.add(isExact ? Evaluated.NOTHING.where(Set.of(Literals.not(condition))) : Evaluated.NOTHING);
        return out;
    }

    private List<Evaluated> one(int[] branches) {
        List<Evaluated> out = new ArrayList<>();
        for (int branch : branches) {
            Set<Integer> conditions = new LinkedHashSet<>(Set.of(branch));
            for (int other : isExact ? branches : new int[0]) {
                if (other != branch) {
                    conditions.add(Literals.not(other));
                }
            }
            conditions.remove(Literals.TRUE);
            out.addAll(where(conditions, of(branch)));
        }
        if (isNothing(out)) {
            return List.of(Evaluated.NOTHING);
        }
        if (!isExact) {
            out.add(Evaluated.NOTHING);
        }
        return out;
    }

    private List<Evaluated> conditional(Position position, JsonNode value) {
        int condition = document.literal(position, value, "if");
        List<Evaluated> met = both(of(condition), of(applicators.branch(position, "then")), position);
        List<Evaluated> otherwise = of(applicators.branch(position, "else"));
        List<Evaluated> out = new ArrayList<>(where(Set.of(condition), met));
        out.addAll(where(Set.of(Literals.not(condition)), otherwise));
        return isNothing(out) ? List.of(Evaluated.NOTHING) : out;
    }

    /** Every pair; without those that cannot hold, and without those that others cover. */
    private List<Evaluated> both(List<Evaluated> a, List<Evaluated> b, Position position) {
        List<Evaluated> out = new ArrayList<>();
        for (Evaluated left : a) {
            for (Evaluated right : b) {
                Evaluated joined = left.and(right);
                if (!isImpossible(joined) && (isExact || out.stream().noneMatch(each -> each.covers(joined)))) {
                    if (!isExact) {
                        out.removeIf(joined::covers);
                    }
                    out.add(joined);
                }
            }
        }
        if (out.size() > MAX_ALTERNATIVES) {
            throw new SchemaNotSupportedException(
                    position.pointer(),
                    keyword,
                    "what is evaluated depends on more than " + MAX_ALTERNATIVES
                            + " combinations of subschemas; list the properties or items instead");
        }
        return out;
    }

    private boolean isImpossible(Evaluated evaluated) {
        if (evaluated.contradictsItself()) {
            return true;
        }
        int[] asserted = evaluated.conditions().stream()
                .filter(literal -> !Literals.isDenied(literal))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < asserted.length; i++) {
            for (int k = 0; k < i; k++) {
                if (expander.isSurelyEmpty(asserted[i], asserted[k])) {
                    return true;
                }
            }
        }
        return false;
    }
}
