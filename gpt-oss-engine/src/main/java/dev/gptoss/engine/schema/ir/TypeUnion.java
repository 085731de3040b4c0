package dev.gptoss.engine.schema.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values a schema accepts, as a union of terms for each JSON type.
 *
 * @param bools bit 0: false, bit 1: true
 */
record TypeUnion(
        boolean nulls,
        int bools,
        List<NumberTerm> numbers,
        List<StringTerm> strings,
        List<ArrayTerm> arrays,
        List<ObjectTerm> objects) {

    static final TypeUnion NONE = new TypeUnion(false, 0, List.of(), List.of(), List.of(), List.of());
    static final TypeUnion ANY = new TypeUnion(
            true,
            3,
            List.of(NumberTerm.FREE),
            List.of(StringTerm.FREE),
            List.of(ArrayTerm.FREE),
            List.of(ObjectTerm.FREE));

    /** More alternatives of one type than this are refused. */
    static final int MAX_TERMS = 3_000;

    /** Limits and knowledge that a conjunction needs. */
    interface Context {
        Patterns patterns();

        boolean isSurelyEmpty(ObjectTerm term);

        boolean isSurelyEmpty(StringTerm term);

        RuntimeException tooManyTerms();

        /** Counts one pair of terms against the limit on work. */
        void spend();
    }

    static TypeUnion numbers(NumberTerm... terms) {
        return new TypeUnion(false, 0, List.of(terms), List.of(), List.of(), List.of());
    }

    static TypeUnion strings(StringTerm... terms) {
        return new TypeUnion(false, 0, List.of(), List.of(terms), List.of(), List.of());
    }

    static TypeUnion arrays(ArrayTerm... terms) {
        return new TypeUnion(false, 0, List.of(), List.of(), List.of(terms), List.of());
    }

    static TypeUnion objects(ObjectTerm... terms) {
        return new TypeUnion(false, 0, List.of(), List.of(), List.of(), List.of(terms));
    }

    static TypeUnion bools(int bools) {
        return new TypeUnion(false, bools, List.of(), List.of(), List.of(), List.of());
    }

    static TypeUnion ofNull() {
        return new TypeUnion(true, 0, List.of(), List.of(), List.of(), List.of());
    }

    static TypeUnion ofNonObjects() {
        return new TypeUnion(true, 3, ANY.numbers, ANY.strings, ANY.arrays, List.of());
    }

    /** Every value of another type beside these values. */
    TypeUnion orOtherType() {
        return new TypeUnion(
                true,
                3,
                numbers.isEmpty() ? ANY.numbers : numbers,
                strings.isEmpty() ? ANY.strings : strings,
                arrays.isEmpty() ? ANY.arrays : arrays,
                objects.isEmpty() ? ANY.objects : objects);
    }

    boolean isEmpty() {
        return !nulls && bools == 0 && numbers.isEmpty() && strings.isEmpty() && arrays.isEmpty() && objects.isEmpty();
    }

    /** Whether there is at most one term of each type. */
    boolean isSimple() {
        return numbers.size() <= 1 && strings.size() <= 1 && arrays.size() <= 1 && objects.size() <= 1;
    }

    TypeUnion or(TypeUnion other, Context context) {
        if (isEmpty() || other == ANY) {
            return other;
        }
        if (other.isEmpty() || this == ANY) {
            return this;
        }
        return new TypeUnion(
                nulls || other.nulls,
                bools | other.bools,
                join(numbers, other.numbers, NumberTerm.FREE, context),
                join(strings, other.strings, StringTerm.FREE, context),
                join(arrays, other.arrays, ArrayTerm.FREE, context),
                join(objects, other.objects, ObjectTerm.FREE, context));
    }

    private static <T> List<T> join(List<T> a, List<T> b, T free, Context context) {
        if (a.contains(free) || b.contains(free)) {
            return List.of(free);
        }
        Set<T> out = new LinkedHashSet<>(a);
        out.addAll(b);
        if (out.size() > MAX_TERMS) {
            throw context.tooManyTerms();
        }
        return List.copyOf(out);
    }

    TypeUnion and(TypeUnion other, Context context) {
        if (this == ANY || other.isEmpty()) {
            return other;
        }
        if (other == ANY || isEmpty()) {
            return this;
        }
        return new TypeUnion(
                nulls && other.nulls,
                bools & other.bools,
                meet(numbers, other.numbers, NumberTerm::and, ignored -> false, context),
                meet(strings, other.strings, (a, b) -> a.and(b, context.patterns()), context::isSurelyEmpty, context),
                meet(arrays, other.arrays, ArrayTerm::and, ignored -> false, context),
                meet(objects, other.objects, ObjectTerm::and, context::isSurelyEmpty, context));
    }

    private static <T> List<T> meet(
            List<T> a, List<T> b, BiFunction<T, T, @Nullable T> and, Predicate<T> isEmpty, Context context) {
        Set<T> out = new LinkedHashSet<>();
        for (T left : a) {
            for (T right : b) {
                context.spend();
                T both = and.apply(left, right);
                // Only a new term can be empty where neither part was.
                boolean isNew = both != left && both != right;
                if (both != null && !out.contains(both) && !(isNew && isEmpty.test(both))) {
                    out.add(both);
                    if (out.size() > MAX_TERMS) {
                        throw context.tooManyTerms();
                    }
                }
            }
        }
        return new ArrayList<>(out);
    }
}
