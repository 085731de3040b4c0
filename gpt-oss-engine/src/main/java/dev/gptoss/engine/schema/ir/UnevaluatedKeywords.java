package dev.gptoss.engine.schema.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The keywords of what no other keyword has looked at: resolved to rules, one for each alternative. */
final class UnevaluatedKeywords {

    private final Expander expander;
    private final SchemaDocument document;
    private final Applicators applicators;

    UnevaluatedKeywords(Expander expander, SchemaDocument document, Applicators applicators) {
        this.expander = expander;
        this.document = document;
        this.applicators = applicators;
    }

    @Nullable
    List<Part> parts(Position position, String keyword, JsonNode value) {
        boolean isOfItems = keyword.equals("unevaluatedItems");
        if (!isOfItems && !keyword.equals("unevaluatedProperties")) {
            return null;
        }
        int literal = document.literal(position, value, keyword);
        if (literal == Literals.TRUE) {
            return List.of();
        }
        Supplier<List<Evaluated>> known = once(() -> beside(position, keyword, false));
        Supplier<List<Evaluated>> exact = once(() -> beside(position, keyword, true));
        return List.of(isOfItems ? items(position, literal, known, exact) : properties(literal, known, exact));
    }

    private List<Evaluated> beside(Position position, String keyword, boolean isExact) {
        return Evaluations.beside(position, keyword, isExact, expander, document, applicators);
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        List<T> made = new ArrayList<>(1);
        return () -> {
            if (made.isEmpty()) {
                made.add(supplier.get());
            }
            return made.getFirst();
        };
    }

    private Part properties(int literal, Supplier<List<Evaluated>> known, Supplier<List<Evaluated>> exact) {
        return new Part(
                () -> anyOf(
                        known.get(),
                        evaluated -> TypeUnion.objects(ObjectTerm.of(rule(evaluated, literal)))
                                .orOtherType()),
                () -> anyOf(
                        failing(exact.get()),
                        evaluated -> TypeUnion.objects(ObjectTerm.having(new ObjectTerm.Somewhere(
                                rule(evaluated, literal), null, Literals.TRUE, Literals.not(literal))))),
                node -> !node.isObject()
                        || known.get().stream()
                                .anyMatch(evaluated -> holds(evaluated, node)
                                        && (evaluated.isAll()
                                                || expander.holdForMembers(
                                                        ObjectTerm.of(rule(evaluated, literal)), node))));
    }

    private static ObjectRule rule(Evaluated evaluated, int literal) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        evaluated.keys().forEach(key -> keys.put(key, Literals.TRUE));
        Map<String, Integer> patterns = new LinkedHashMap<>();
        evaluated.patterns().forEach(pattern -> patterns.put(pattern, Literals.TRUE));
        return new ObjectRule(keys, patterns, literal);
    }

    private Part items(
            Position position, int literal, Supplier<List<Evaluated>> known, Supplier<List<Evaluated>> exact) {
        Map<Set<Integer>, Integer> rests = new LinkedHashMap<>();
        Function<Evaluated, Integer> rest = evaluated -> rests.computeIfAbsent(evaluated.contained(), contained -> {
            Set<Integer> either = new LinkedHashSet<>(contained);
            either.add(literal);
            either.remove(Literals.FALSE);
            return either.isEmpty()
                    ? Literals.FALSE
                    : expander.define(
                            position,
                            applicators.any(
                                    either.stream().mapToInt(Integer::intValue).toArray()));
        });
        return new Part(
                () -> anyOf(
                        known.get(),
                        evaluated -> TypeUnion.arrays(ArrayTerm.of(rule(evaluated, rest)))
                                .orOtherType()),
                () -> anyOf(
                        failing(exact.get()),
                        evaluated -> TypeUnion.arrays(ArrayTerm.containing(new ArrayTerm.Contained(
                                Literals.not(rest.apply(evaluated)), 1, ArrayTerm.UNBOUNDED, evaluated.items())))),
                node -> !node.isArray()
                        || known.get().stream()
                                .anyMatch(evaluated -> holds(evaluated, node)
                                        && (evaluated.isAll() || holdForItems(rule(evaluated, rest), node))));
    }

    private static ArrayRule rule(Evaluated evaluated, Function<Evaluated, Integer> rest) {
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < evaluated.items(); i++) {
            first.add(Literals.TRUE);
        }
        return new ArrayRule(first, rest.apply(evaluated));
    }

    private boolean holdForItems(ArrayRule rule, JsonNode node) {
        for (int i = rule.prefix().size(); i < node.size(); i++) {
            if (!expander.holds(rule.rest(), node.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Evaluated evaluated, JsonNode node) {
        return evaluated.conditions().stream().allMatch(literal -> expander.holds(literal, node));
    }

    private static List<Evaluated> failing(List<Evaluated> all) {
        return all.stream().filter(evaluated -> !evaluated.isAll()).toList();
    }

    private TypeUnion anyOf(List<Evaluated> alternatives, Function<Evaluated, TypeUnion> rule) {
        TypeUnion union = TypeUnion.NONE;
        for (Evaluated evaluated : alternatives) {
            TypeUnion where = expander.expand(Literals.conjunction(evaluated.conditions()));
            union = union.or(evaluated.isAll() ? where : where.and(rule.apply(evaluated), expander), expander);
        }
        return union;
    }
}
