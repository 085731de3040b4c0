package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strings that lie in every set of {@code in}, in none of {@code out}, and whose length in code points is bounded.
 *
 * @param max {@link Dfa#UNBOUNDED} for none
 */
public record StringTerm(Set<StringAtom> in, Set<StringAtom> out, int min, int max) {

    static final StringTerm FREE = new StringTerm(Set.of(), Set.of(), 0, Dfa.UNBOUNDED);

    static StringTerm in(StringAtom atom) {
        return new StringTerm(Set.of(atom), Set.of(), 0, Dfa.UNBOUNDED);
    }

    static StringTerm notIn(StringAtom atom) {
        return new StringTerm(Set.of(), Set.of(atom), 0, Dfa.UNBOUNDED);
    }

    static StringTerm length(int min, int max) {
        return new StringTerm(Set.of(), Set.of(), min, max);
    }

    /** The conjunction, null if it is seen to be empty. */
    @Nullable
    StringTerm and(StringTerm other, Patterns patterns) {
        if (this.equals(FREE) || this.equals(other)) {
            return other;
        }
        if (other.equals(FREE)) {
            return this;
        }
        Set<StringAtom> both = new LinkedHashSet<>(in);
        both.addAll(other.in);
        Set<StringAtom> neither = new LinkedHashSet<>(out);
        neither.addAll(other.out);
        joinWords(neither);
        StringTerm joined = new StringTerm(both, neither, Math.max(min, other.min), Math.min(max, other.max));
        return joined.simplified(patterns);
    }

    /** Many excluded words make one automaton instead of a product of many. */
    private static void joinWords(Set<StringAtom> atoms) {
        Set<String> all = new LinkedHashSet<>();
        atoms.forEach(atom -> {
            if (atom instanceof StringAtom.Words named) {
                all.addAll(named.words());
            }
        });
        if (!all.isEmpty()) {
            atoms.removeIf(atom -> atom instanceof StringAtom.Words);
            atoms.add(new StringAtom.Words(all));
        }
    }

    private @Nullable StringTerm simplified(Patterns patterns) {
        if (min > max || in.stream().anyMatch(out::contains)) {
            return null;
        }
        for (StringAtom atom : in) {
            if (atom instanceof StringAtom.Words named) {
                Set<String> left = new LinkedHashSet<>(named.words());
                left.removeIf(word -> !contains(word, patterns));
                return left.isEmpty() ? null : in(new StringAtom.Words(left));
            }
        }
        return this;
    }

    boolean contains(String text, Patterns patterns) {
        int length = text.codePointCount(0, text.length());
        return length >= min
                && length <= max
                && in.stream().allMatch(atom -> patterns.contains(atom, text))
                && out.stream().noneMatch(atom -> patterns.contains(atom, text));
    }
}
