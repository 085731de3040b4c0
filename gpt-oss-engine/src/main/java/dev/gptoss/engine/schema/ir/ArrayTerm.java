package dev.gptoss.engine.schema.ir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of a bounded number of items that satisfy every rule.
 *
 * @param unique whether no two items are equal
 * @param contained numbers of items of a kind
 */
record ArrayTerm(Set<ArrayRule> rules, int min, int max, boolean unique, Set<Contained> contained) {

    /** Of the items from index {@code from} on, at least {@code min} and at most {@code max} satisfy a literal. */
    record Contained(int literal, int min, int max, int from) {}

    static final int UNBOUNDED = Integer.MAX_VALUE;
    static final ArrayTerm FREE = new ArrayTerm(Set.of(), 0, UNBOUNDED, false, Set.of());

    static ArrayTerm of(ArrayRule rule) {
        return new ArrayTerm(Set.of(rule), 0, UNBOUNDED, false, Set.of());
    }

    static ArrayTerm size(int min, int max) {
        return new ArrayTerm(Set.of(), min, max, false, Set.of());
    }

    static ArrayTerm ofUnique() {
        return new ArrayTerm(Set.of(), 0, UNBOUNDED, true, Set.of());
    }

    static ArrayTerm containing(Contained contained) {
        int least = contained.min() == 0 ? 0 : contained.from() + contained.min();
        return new ArrayTerm(Set.of(), least, UNBOUNDED, false, Set.of(contained));
    }

    /** The conjunction, null if it is seen to be empty. */
    @Nullable
    ArrayTerm and(ArrayTerm other) {
        if (this.equals(FREE) || this.equals(other)) {
            return other;
        }
        int newMin = Math.max(min, other.min);
        int newMax = Math.min(max, other.max);
        if (newMin > newMax) {
            return null;
        }
        Set<ArrayRule> newRules = new LinkedHashSet<>(rules);
        newRules.addAll(other.rules);
        Set<Contained> newContained = new LinkedHashSet<>(contained);
        newContained.addAll(other.contained);
        return new ArrayTerm(newRules, newMin, newMax, unique || other.unique, newContained);
    }
}
