package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.automaton.Node;
import dev.gptoss.engine.schema.automaton.ObjectShape;
import dev.gptoss.engine.schema.automaton.Option;
import dev.gptoss.engine.schema.regex.Dfa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** An object term whose values are nodes. */
final class ObjectDraft {

    private static final int MAX_DEMANDS = 30;
    // Each doubles the ways to read a value.
    private static final int MAX_VALUED_DEMANDS = 3;
    private static final int MAX_NAMES = 5_000;

    private final Lowering lowering;
    private final ObjectTerm term;
    private final List<ObjectTerm.Somewhere> demands;
    private final int metByAnyValue; // demands that ask for a key alone
    private final List<String> names;
    private final Option[][] values;
    private final KeyClasses classes;
    private final Option[][] extraValues;
    private final String[] extraKeys; // a shortest key of each class
    private final long[] extraCounts;

    ObjectDraft(Lowering lowering, ObjectTerm term, String pointer) {
        this.lowering = lowering;
        this.term = term;
        demands = List.copyOf(term.somewhere());
        int anyValue = 0;
        for (int d = 0; d < demands.size(); d++) {
            anyValue |= demands.get(d).value() == Literals.TRUE && d < MAX_DEMANDS ? 1 << d : 0;
        }
        metByAnyValue = anyValue;
        if (demands.size() > MAX_DEMANDS || demands.size() - Integer.bitCount(anyValue) > MAX_VALUED_DEMANDS) {
            throw new SchemaNotSupportedException(
                    pointer,
                    "not",
                    "too many negated statements about the properties of one object, at most " + MAX_VALUED_DEMANDS
                            + " about values and " + MAX_DEMANDS + " in all");
        }
        names = names(term);
        if (names.size() > MAX_NAMES) {
            throw new SchemaNotSupportedException(pointer, "properties", "more than " + MAX_NAMES + " properties");
        }
        values = new Option[names.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = options(names.get(i));
        }
        classes = KeyClasses.of(lowering, term, names, demands);
        extraValues = new Option[classes.size()][];
        extraKeys = new String[classes.size()];
        extraCounts = new long[classes.size()];
        for (int i = 0; i < extraValues.length; i++) {
            extraValues[i] = options(classes.literals(i), classes.demands(i));
            String key = classes.automaton().shortestWith(names.size() + i);
            extraKeys[i] = key == null ? "" : key;
            int label = names.size() + i;
            extraCounts[i] = classes.automaton()
                    .counts(each -> each == label)[classes.automaton().start()];
        }
    }

    private static List<String> names(ObjectTerm term) {
        Set<String> out = new LinkedHashSet<>();
        term.rules().forEach(rule -> out.addAll(rule.properties().keySet()));
        out.addAll(term.required());
        term.implied().forEach(implied -> {
            out.add(implied.key());
            out.addAll(implied.required());
        });
        term.somewhere().forEach(somewhere -> {
            if (somewhere.outside() != null) {
                out.addAll(somewhere.outside().properties().keySet());
            }
        });
        return List.copyOf(out);
    }

    private Option[] options(String name) {
        for (int literal : term.names()) {
            if (!lowering.expander.holds(literal, JsonNodeFactory.instance.stringNode(name))) {
                return new Option[] {new Option(new Node(), 0)};
            }
        }
        int met = 0;
        for (int d = 0; d < demands.size(); d++) {
            met |= KeyClasses.concerns(lowering, demands.get(d), name) ? 1 << d : 0;
        }
        Set<Integer> literals = new TreeSet<>();
        for (int literal : lowering.expander.valueLiterals(term, name)) {
            literals.add(literal);
        }
        return options(literals, met);
    }

    /** @param possible demands that a value of this key may meet */
    private Option[] options(Set<Integer> literals, int possible) {
        List<Option> out = new ArrayList<>();
        int valued = possible & ~metByAnyValue;
        for (int subset = valued; ; subset = subset - 1 & valued) {
            Set<Integer> all = new TreeSet<>(literals);
            for (int d = 0; d < demands.size(); d++) {
                if ((subset >> d & 1) != 0) {
                    all.add(demands.get(d).value());
                }
            }
            out.add(new Option(lowering.node(all, false), subset | possible & metByAnyValue));
            if (subset == 0) {
                return out.toArray(Option[]::new);
            }
        }
    }

    private static Option[] live(Option[] options) {
        return Arrays.stream(options)
                .filter(option -> !option.value().isEmpty())
                .toArray(Option[]::new);
    }

    int cost() {
        return measure(true);
    }

    int height() {
        return measure(false);
    }

    /** A value that some object needs: the length of its key, and the way to read it. */
    private record Member(int key, Option option) {
        int cost() {
            return Math.min(key + 4 + option.value().cost, Node.NEVER);
        }
    }

    private int measure(boolean isCost) {
        List<Member> members = members(isCost);
        if (members == null) {
            return Node.NEVER;
        }
        long total = isCost ? members.isEmpty() ? 2 : 1 : 0;
        for (Member member : members) {
            total = isCost
                    ? total + member.cost()
                    : Math.max(total, member.option().value().height);
        }
        return (int) Math.min(isCost ? total : total + 1, Node.NEVER);
    }

    private static int measure(Option option, boolean isCost) {
        return isCost ? option.value().cost : option.value().height;
    }

    /** The option that meets the most of the unmet demands, and of those the least one. */
    private static @Nullable Option best(Option[] options, int unmet, boolean isCost) {
        Option best = null;
        for (Option option : options) {
            if (option.value().isEmpty()) {
                continue;
            }
            int more = best == null
                    ? 1
                    : Integer.bitCount(option.fulfils() & unmet) - Integer.bitCount(best.fulfils() & unmet);
            if (best == null || more > 0 || more == 0 && measure(option, isCost) < measure(best, isCost)) {
                best = option;
            }
        }
        return best;
    }

    /** The members of a small object of this term, null if there is none. */
    private @Nullable List<Member> members(boolean isCost) {
        List<Member> out = new ArrayList<>();
        Set<String> used = closure(term.required());
        int unmet = (1 << demands.size()) - 1;
        for (String name : used) {
            Option option = best(values[names.indexOf(name)], unmet, isCost);
            if (option == null) {
                return null;
            }
            out.add(new Member(name.length(), option));
            unmet &= ~option.fulfils();
        }
        long[] left = extraCounts.clone();
        while (unmet != 0 || out.size() < term.min()) {
            Member member = cheapest(used, left, unmet, isCost);
            if (member == null) {
                return null;
            }
            out.add(member);
            unmet &= ~member.option().fulfils();
        }
        return out.size() <= term.max() ? out : null;
    }

    private @Nullable Member cheapest(Set<String> used, long[] left, int unmet, boolean isCost) {
        Member best = null;
        int bestClass = -1;
        String bestName = "";
        for (int i = 0; i < values.length; i++) {
            // A key that implies others is left to them.
            if (!used.contains(names.get(i)) && closure(Set.of(names.get(i))).size() == 1) {
                Member better = better(best, names.get(i), best(values[i], unmet, isCost), unmet);
                if (better != null) {
                    best = better;
                    bestName = names.get(i);
                }
            }
        }
        for (int i = 0; i < extraValues.length; i++) {
            if (left[i] > 0) {
                Member better = better(best, extraKeys[i], best(extraValues[i], unmet, isCost), unmet);
                if (better != null) {
                    best = better;
                    bestClass = i;
                }
            }
        }
        if (best != null && bestClass < 0) {
            used.add(bestName);
        } else if (best != null) {
            left[bestClass]--;
        }
        return best;
    }

    private static @Nullable Member better(@Nullable Member best, String key, @Nullable Option option, int unmet) {
        if (option == null || unmet != 0 && (option.fulfils() & unmet) == 0) {
            return null;
        }
        Member member = new Member(key.length(), option);
        return best == null || member.cost() < best.cost() ? member : null;
    }

    private Set<String> closure(Set<String> keys) {
        Set<String> out = new LinkedHashSet<>(keys);
        int before = -1;
        while (before != out.size()) {
            before = out.size();
            for (ObjectTerm.Implied implied : term.implied()) {
                if (out.contains(implied.key())) {
                    out.addAll(implied.required());
                }
            }
        }
        return out;
    }

    ObjectShape shape() {
        List<String> kept = new ArrayList<>();
        List<Option[]> keptValues = new ArrayList<>();
        int[] renumbered = new int[names.size() + classes.size()];
        Arrays.fill(renumbered, -1);
        for (int i = 0; i < values.length; i++) {
            boolean possible = closure(Set.of(names.get(i))).stream()
                    .allMatch(name -> live(values[names.indexOf(name)]).length > 0);
            if (possible) {
                renumbered[i] = kept.size();
                kept.add(names.get(i));
                keptValues.add(live(values[i]));
            }
        }
        List<Option[]> keptExtras = new ArrayList<>();
        for (int i = 0; i < extraValues.length; i++) {
            if (live(extraValues[i]).length > 0) {
                renumbered[names.size() + i] = kept.size() + keptExtras.size();
                keptExtras.add(live(extraValues[i]));
            }
        }
        Dfa keys = classes.automaton().relabelled(label -> renumbered[label]);
        long[] required = bits(closure(term.required()), kept);
        long[][] implied = null;
        if (!term.implied().isEmpty()) {
            implied = new long[kept.size()][];
            for (int i = 0; i < implied.length; i++) {
                implied[i] = bits(closure(Set.of(kept.get(i))), kept);
            }
        }
        return new ObjectShape(
                kept.toArray(String[]::new),
                keptValues.toArray(Option[][]::new),
                keptExtras.toArray(Option[][]::new),
                required,
                implied,
                term.min(),
                term.max(),
                (1 << demands.size()) - 1,
                metByAnyValue,
                height(),
                keys);
    }

    private static long[] bits(Set<String> keys, List<String> all) {
        long[] out = new long[(all.size() + 63) / 64];
        for (String key : keys) {
            int i = all.indexOf(key);
            out[i >> 6] |= 1L << i;
        }
        return out;
    }
}
