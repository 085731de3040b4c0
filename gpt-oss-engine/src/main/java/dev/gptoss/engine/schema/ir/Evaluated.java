package dev.gptoss.engine.schema.ir;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The properties or items that keywords have looked at, where certain schemas hold.
 *
 * @param conditions literals that hold
 * @param keys properties by name
 * @param patterns properties by pattern
 * @param items number of first items
 * @param contained literals of items
 * @param isAll whether none is left
 */
record Evaluated(
        Set<Integer> conditions,
        Set<String> keys,
        Set<String> patterns,
        int items,
        Set<Integer> contained,
        boolean isAll) {

    static final Evaluated NOTHING = new Evaluated(Set.of(), Set.of(), Set.of(), 0, Set.of(), false);
    static final Evaluated ALL = new Evaluated(Set.of(), Set.of(), Set.of(), 0, Set.of(), true);

    static Evaluated ofKeys(Set<String> keys, Set<String> patterns) {
        return new Evaluated(Set.of(), keys, patterns, 0, Set.of(), false);
    }

    static Evaluated ofItems(int items, Set<Integer> contained) {
        return new Evaluated(Set.of(), Set.of(), Set.of(), items, contained, false);
    }

    Evaluated where(Set<Integer> conditions) {
        return new Evaluated(union(this.conditions, conditions), keys, patterns, items, contained, isAll);
    }

    Evaluated and(Evaluated other) {
        return new Evaluated(
                union(conditions, other.conditions),
                union(keys, other.keys),
                union(patterns, other.patterns),
                Math.max(items, other.items),
                union(contained, other.contained),
                isAll || other.isAll);
    }

    private static <T> Set<T> union(Set<T> a, Set<T> b) {
        if (a.containsAll(b)) {
            return a;
        }
        Set<T> out = new LinkedHashSet<>(a);
        out.addAll(b);
        return out;
    }

    /** Whether nothing is looked at, whatever the conditions. */
    boolean isNothing() {
        return !isAll && keys.isEmpty() && patterns.isEmpty() && items == 0 && contained.isEmpty();
    }

    /** Whether this looks at all that another does, and holds wherever it does. */
    boolean covers(Evaluated other) {
        return other.conditions.containsAll(conditions)
                && (isAll
                        || !other.isAll
                                && keys.containsAll(other.keys)
                                && patterns.containsAll(other.patterns)
                                && items >= other.items
                                && contained.containsAll(other.contained));
    }

    /** Whether two conditions exclude each other. */
    boolean contradictsItself() {
        Set<Integer> denied = new HashSet<>();
        conditions.forEach(literal -> denied.add(Literals.not(literal)));
        return conditions.stream().anyMatch(denied::contains);
    }
}
