package dev.gptoss.engine.schema.ir;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a bounded number of properties that satisfy every rule.
 *
 * @param required keys that are there
 * @param names literals that every key satisfies
 * @param implied keys that are there if others are
 * @param somewhere properties of which at least one is there
 */
record ObjectTerm(
        Set<ObjectRule> rules,
        Set<String> required,
        Set<Integer> names,
        int min,
        int max,
        Set<Implied> implied,
        Set<Somewhere> somewhere) {

    /** If {@code key} is there, so are {@code required}. */
    record Implied(String key, Set<String> required) {}

    /** A key outside {@code rule}, or that matches {@code pattern}, or that satisfies {@code name}; with a value. */
    record Somewhere(@Nullable ObjectRule outside, @Nullable String pattern, int name, int value) {}

    static final int UNBOUNDED = Integer.MAX_VALUE;
    static final ObjectTerm FREE = new ObjectTerm(Set.of(), Set.of(), Set.of(), 0, UNBOUNDED, Set.of(), Set.of());

    static ObjectTerm of(ObjectRule rule) {
        return new ObjectTerm(Set.of(rule), Set.of(), Set.of(), 0, UNBOUNDED, Set.of(), Set.of());
    }

    static ObjectTerm requiring(Set<String> keys) {
        return new ObjectTerm(Set.of(), keys, Set.of(), keys.size(), UNBOUNDED, Set.of(), Set.of());
    }

    static ObjectTerm with(String key, int literal) {
        return new ObjectTerm(
                Set.of(ObjectRule.of(key, literal)), Set.of(key), Set.of(), 1, UNBOUNDED, Set.of(), Set.of());
    }

    static ObjectTerm size(int min, int max) {
        return new ObjectTerm(Set.of(), Set.of(), Set.of(), min, max, Set.of(), Set.of());
    }

    static ObjectTerm named(int literal) {
        return new ObjectTerm(Set.of(), Set.of(), Set.of(literal), 0, UNBOUNDED, Set.of(), Set.of());
    }

    static ObjectTerm implying(Implied implied) {
        return new ObjectTerm(Set.of(), Set.of(), Set.of(), 0, UNBOUNDED, Set.of(implied), Set.of());
    }

    static ObjectTerm having(Somewhere somewhere) {
        return new ObjectTerm(Set.of(), Set.of(), Set.of(), 1, UNBOUNDED, Set.of(), Set.of(somewhere));
    }

    /** The conjunction, null if it is seen to be empty. */
    @Nullable
    ObjectTerm and(ObjectTerm other) {
        if (this.equals(FREE) || this.equals(other)) {
            return other;
        }
        if (other.equals(FREE)) {
            return this;
        }
        Set<String> keys = union(required, other.required);
        int newMin = Math.max(Math.max(min, other.min), keys.size());
        int newMax = Math.min(max, other.max);
        if (newMin > newMax) {
            return null;
        }
        ObjectTerm joined = new ObjectTerm(
                union(rules, other.rules),
                keys,
                union(names, other.names),
                newMin,
                newMax,
                union(implied, other.implied),
                union(somewhere, other.somewhere));
        return keys.stream().anyMatch(joined::forbids) ? null : joined;
    }

    private boolean forbids(String key) {
        return rules.stream().anyMatch(rule -> rule.properties().getOrDefault(key, Literals.TRUE) == Literals.FALSE);
    }

    private static <T> Set<T> union(Set<T> a, Set<T> b) {
        if (b.isEmpty()) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        Set<T> out = new LinkedHashSet<>(a);
        out.addAll(b);
        return out;
    }
}
