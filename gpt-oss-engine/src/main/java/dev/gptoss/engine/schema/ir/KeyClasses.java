package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import dev.gptoss.engine.schema.regex.DfaProduct;
import dev.gptoss.engine.schema.regex.Dfas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The keys that an object does not declare, in classes that match the same patterns.
 *
 * @param automaton labels are declared keys, then classes
 * @param values literals of the values, by class
 * @param met demands that a value may meet, by class
 */
record KeyClasses(Dfa automaton, List<Set<Integer>> values, List<Integer> met) {

    int size() {
        return values.size();
    }

    Set<Integer> literals(int index) {
        return values.get(index);
    }

    int demands(int index) {
        return met.get(index);
    }

    static KeyClasses of(Lowering lowering, ObjectTerm term, List<String> names, List<ObjectTerm.Somewhere> demands) {
        List<Dfa> parts = new ArrayList<>();
        parts.add(Dfas.words(names));
        boolean hasPatterns =
                term.rules().stream().anyMatch(rule -> !rule.patterns().isEmpty());
        boolean isClosed = !hasPatterns && term.rules().stream().anyMatch(rule -> rule.additional() == Literals.FALSE);
        if (isClosed) {
            return new KeyClasses(parts.getFirst(), List.of(), List.of());
        }
        parts.add(names(lowering, term.names()));
        Map<String, Integer> patterns = new HashMap<>();
        for (ObjectRule rule : term.rules()) {
            for (String pattern : rule.patterns().keySet()) {
                add(lowering, pattern, patterns, parts);
            }
        }
        Map<Integer, Integer> demandNames = new HashMap<>();
        for (ObjectTerm.Somewhere demand : demands) {
            if (demand.pattern() != null) {
                add(lowering, demand.pattern(), patterns, parts);
            }
            if (demand.outside() != null) {
                for (String pattern : demand.outside().patterns().keySet()) {
                    add(lowering, pattern, patterns, parts);
                }
            }
            if (demand.name() != Literals.TRUE) {
                demandNames.put(demand.name(), parts.size());
                parts.add(names(lowering, Set.of(demand.name())));
            }
        }
        List<Set<Integer>> values = new ArrayList<>();
        List<Integer> met = new ArrayList<>();
        Map<List<Boolean>, Integer> classes = new HashMap<>();
        Dfa automaton = DfaProduct.of(parts, new boolean[parts.size()]).labelled(tuple -> {
            if (tuple[0] >= 0 && parts.getFirst().accepts(tuple[0])) {
                return parts.getFirst().label(tuple[0]);
            }
            List<Boolean> accepted = new ArrayList<>();
            for (int i = 1; i < tuple.length; i++) {
                accepted.add(tuple[i] >= 0 && parts.get(i).accepts(tuple[i]));
            }
            if (!accepted.getFirst()) {
                return -1;
            }
            return names.size()
                    + classes.computeIfAbsent(accepted, ignored -> {
                        values.add(literals(term, pattern -> accepted.get(index(patterns, pattern) - 1)));
                        met.add(demands(
                                demands, pattern -> accepted.get(index(patterns, pattern) - 1), demandNames, accepted));
                        return values.size() - 1;
                    });
        });
        return new KeyClasses(automaton, values, met);
    }

    private static int index(Map<String, Integer> patterns, String pattern) {
        Integer index = patterns.get(pattern);
        if (index == null) {
            throw new IllegalStateException(pattern);
        }
        return index;
    }

    private static void add(Lowering lowering, String pattern, Map<String, Integer> patterns, List<Dfa> parts) {
        if (!patterns.containsKey(pattern)) {
            patterns.put(pattern, parts.size());
            parts.add(lowering.patterns.automaton(new StringAtom.Pattern(pattern)));
        }
    }

    /** The keys that satisfy literals. */
    private static Dfa names(Lowering lowering, Set<Integer> literals) {
        if (literals.isEmpty()) {
            return Dfas.ANY;
        }
        TypeUnion union = lowering.expander.expand(Literals.conjunction(new TreeSet<>(literals)));
        List<Dfa> parts = new ArrayList<>();
        for (StringTerm string : union.strings()) {
            parts.add(lowering.patterns.bounded(string));
        }
        return parts.isEmpty() ? Dfas.words(List.of()) : DfaProduct.union(parts);
    }

    private static Set<Integer> literals(ObjectTerm term, Predicate<String> matches) {
        Set<Integer> out = new TreeSet<>();
        for (ObjectRule rule : term.rules()) {
            boolean matched = false;
            for (Map.Entry<String, Integer> entry : rule.patterns().entrySet()) {
                if (matches.test(entry.getKey())) {
                    matched = true;
                    out.add(entry.getValue());
                }
            }
            if (!matched) {
                out.add(rule.additional());
            }
        }
        return out;
    }

    private static int demands(
            List<ObjectTerm.Somewhere> demands,
            Predicate<String> matches,
            Map<Integer, Integer> demandNames,
            List<Boolean> accepted) {
        int out = 0;
        for (int d = 0; d < demands.size(); d++) {
            ObjectTerm.Somewhere demand = demands.get(d);
            Integer name = demandNames.get(demand.name());
            ObjectRule outside = demand.outside();
            boolean concerned = (demand.pattern() == null || matches.test(demand.pattern()))
                    && (outside == null || outside.patterns().keySet().stream().noneMatch(matches))
                    && (name == null || accepted.get(name - 1));
            out |= concerned ? 1 << d : 0;
        }
        return out;
    }

    /** Whether a demand may be met by the value of a key. */
    static boolean concerns(Lowering lowering, ObjectTerm.Somewhere demand, String key) {
        ObjectRule outside = demand.outside();
        Predicate<String> matches = pattern ->
                lowering.patterns.automaton(new StringAtom.Pattern(pattern)).matches(key);
        return (demand.pattern() == null || matches.test(demand.pattern()))
                && (outside == null
                        || !outside.properties().containsKey(key)
                                && outside.patterns().keySet().stream().noneMatch(matches))
                && lowering.expander.holds(demand.name(), JsonNodeFactory.instance.stringNode(key));
    }
}
