package dev.gptoss.engine.schema.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes automata from patterns and words. */
public final class Dfas {

    /** More states than this are refused: 40 times the largest automaton of the development schemas. */
    public static final int MAX_STATES = 10_000;

    private static final int MAX_MINIMISED = 2_000;

    /** Accepts every string. */
    public static final Dfa ANY = ofRegex(universal());

    private Dfas() {}

    record Row(int[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(values, row.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private record Source(RegexAlgebra algebra, Regex regex) {}

    private static Source universal() {
        RegexAlgebra algebra = new RegexAlgebra();
        return new Source(algebra, algebra.anything);
    }

    /**
     * The strings in which an ECMA-262 pattern is found.
     *
     * @throws RegexException if the pattern is malformed, not regular, or too large
     */
    public static Dfa searching(String pattern) {
        RegexAlgebra algebra = new RegexAlgebra();
        return ofRegex(new Source(algebra, Translation.searched(algebra, PatternParser.parse(pattern))));
    }

    private static Dfa ofRegex(Source source) {
        RegexAlgebra algebra = source.algebra();
        Alphabet alphabet = Alphabet.of(List.copyOf(algebra.sets()));
        int[] letters = alphabet.representatives();
        Map<Regex, Integer> numbers = new HashMap<>();
        List<Regex> states = new ArrayList<>();
        numbers.put(source.regex(), 0);
        states.add(source.regex());
        int[] next = new int[64 * letters.length];
        for (int state = 0; state < states.size(); state++) {
            if ((state + 1) * letters.length > next.length) {
                next = Arrays.copyOf(next, next.length * 2);
            }
            for (int letter = 0; letter < letters.length; letter++) {
                boolean surrogate = letters[letter] >= 0xD800 && letters[letter] < 0xE000;
                Regex target =
                        surrogate ? algebra.none : algebra.derivative(states.get(state), letter, letters[letter]);
                int number = -1;
                if (target != algebra.none) {
                    Integer known = numbers.putIfAbsent(target, states.size());
                    number = known == null ? states.size() : known;
                    if (known == null) {
                        states.add(target);
                        checkSize(states.size());
                    }
                }
                next[state * letters.length + letter] = number;
            }
        }
        int[] labels = new int[states.size()];
        Arrays.setAll(labels, i -> states.get(i).nullable ? 0 : -1);
        return minimised(alphabet, Arrays.copyOf(next, labels.length * letters.length), labels);
    }

    /** What an automaton does in a state, for {@link #explored}. */
    @FunctionalInterface
    public interface Step<S> {
        /** The state after a code point, null if none. */
        @Nullable
        S next(S state, int codePoint);
    }

    /**
     * The automaton of a step function over a few letters.
     *
     * @throws RegexException if it has more than {@code maxStates}
     */
    public static <S> Dfa explored(S start, String letters, Step<S> step, Predicate<S> accepts, int maxStates) {
        int[] codePoints = letters.codePoints().toArray();
        List<CharSet> sets = new ArrayList<>();
        for (int c : codePoints) {
            sets.add(CharSet.of(c));
        }
        Alphabet alphabet = Alphabet.of(sets);
        Map<S, Integer> numbers = new HashMap<>();
        List<S> states = new ArrayList<>();
        numbers.put(start, 0);
        states.add(start);
        int[] next = new int[64 * alphabet.size()];
        for (int state = 0; state < states.size(); state++) {
            if ((state + 1) * alphabet.size() > next.length) {
                next = Arrays.copyOf(next, next.length * 2);
            }
            Arrays.fill(next, state * alphabet.size(), (state + 1) * alphabet.size(), -1);
            for (int c : codePoints) {
                S target = step.next(states.get(state), c);
                if (target != null) {
                    Integer known = numbers.putIfAbsent(target, states.size());
                    next[state * alphabet.size() + alphabet.classOf(c)] = known == null ? states.size() : known;
                    if (known == null) {
                        states.add(target);
                        if (states.size() > maxStates) {
                            throw new RegexException("automaton needs more than " + maxStates + " states");
                        }
                    }
                }
            }
        }
        int[] labels =
                states.stream().mapToInt(state -> accepts.test(state) ? 0 : -1).toArray();
        return minimised(alphabet, Arrays.copyOf(next, labels.length * alphabet.size()), labels);
    }

    static void checkSize(int states) {
        if (states > MAX_STATES) {
            throw new RegexException("automaton needs more than " + MAX_STATES + " states");
        }
    }

    /** Exactly these strings, each with its index as label. */
    public static Dfa words(Collection<String> words) {
        List<CharSet> sets = new ArrayList<>();
        words.stream().flatMapToInt(String::codePoints).distinct().forEach(c -> sets.add(CharSet.of(c)));
        Alphabet alphabet = Alphabet.of(sets);
        List<TreeMap<Integer, Integer>> trie = new ArrayList<>();
        trie.add(new TreeMap<>());
        List<Integer> ends = new ArrayList<>();
        for (String word : words) {
            int state = 0;
            for (int c : word.codePoints().toArray()) {
                Integer target = trie.get(state).get(alphabet.classOf(c));
                if (target == null) {
                    target = trie.size();
                    trie.get(state).put(alphabet.classOf(c), target);
                    trie.add(new TreeMap<>());
                }
                state = target;
            }
            ends.add(state);
        }
        int[] next = new int[trie.size() * alphabet.size()];
        Arrays.fill(next, -1);
        int[] labels = new int[trie.size()];
        Arrays.fill(labels, -1);
        for (int state = 0; state < trie.size(); state++) {
            for (Map.Entry<Integer, Integer> edge : trie.get(state).entrySet()) {
                next[state * alphabet.size() + edge.getKey()] = edge.getValue();
            }
        }
        for (int i = 0; i < ends.size(); i++) {
            labels[ends.get(i)] = i;
        }
        return new Dfa(alphabet, next, labels, words.isEmpty() ? -1 : 0);
    }

    /** Drops dead states and, where that is cheap, joins equivalent ones (Moore's refinement). */
    static Dfa minimised(Alphabet alphabet, int[] next, int[] labels) {
        int states = labels.length;
        int classes = alphabet.size();
        boolean[] live = live(next, labels, classes);
        for (int edge = 0; edge < next.length; edge++) {
            if (next[edge] >= 0 && !live[next[edge]]) {
                next[edge] = -1;
            }
        }
        int[] block = new int[states];
        int blocks = 0;
        if (states > MAX_MINIMISED) {
            for (int state = 0; state < states; state++) {
                block[state] = live[state] ? blocks++ : -1;
            }
        } else {
            for (int state = 0; state < states; state++) {
                block[state] = live[state] ? labels[state] + 1 : -1;
            }
            int before = -1;
            while (before != blocks) {
                before = blocks;
                int[] refined = new int[states];
                blocks = refine(next, block, classes, refined);
                block = refined;
            }
        }
        int[] joined = new int[blocks * classes];
        int[] joinedLabels = new int[blocks];
        for (int state = 0; state < states; state++) {
            if (block[state] >= 0) {
                joinedLabels[block[state]] = labels[state];
                for (int letter = 0; letter < classes; letter++) {
                    int target = next[state * classes + letter];
                    joined[block[state] * classes + letter] = target < 0 ? -1 : block[target];
                }
            }
        }
        return new Dfa(alphabet, joined, joinedLabels, states == 0 ? -1 : block[0]);
    }

    /** One round of refinement; returns the number of blocks. */
    private static int refine(int[] next, int[] block, int classes, int[] refined) {
        Map<Row, Integer> numbers = new HashMap<>();
        for (int state = 0; state < block.length; state++) {
            if (block[state] < 0) {
                refined[state] = -1;
                continue;
            }
            int[] key = new int[classes + 1];
            key[classes] = block[state];
            for (int letter = 0; letter < classes; letter++) {
                int target = next[state * classes + letter];
                key[letter] = target < 0 ? -1 : block[target];
            }
            Integer known = numbers.putIfAbsent(new Row(key), numbers.size());
            refined[state] = known == null ? numbers.size() - 1 : known;
        }
        return numbers.size();
    }

    private static boolean[] live(int[] next, int[] labels, int classes) {
        int states = labels.length;
        int[] degree = new int[states + 1];
        for (int target : next) {
            if (target >= 0) {
                degree[target + 1]++;
            }
        }
        for (int i = 0; i < states; i++) {
            degree[i + 1] += degree[i];
        }
        int[] sources = new int[degree[states]];
        int[] fill = degree.clone();
        for (int edge = 0; edge < next.length; edge++) {
            if (next[edge] >= 0) {
                sources[fill[next[edge]]++] = edge / classes;
            }
        }
        boolean[] live = new boolean[states];
        int[] stack = new int[states];
        int size = 0;
        for (int state = 0; state < states; state++) {
            if (labels[state] >= 0) {
                live[state] = true;
                stack[size++] = state;
            }
        }
        while (size > 0) {
            int state = stack[--size];
            for (int i = degree[state]; i < degree[state + 1]; i++) {
                if (!live[sources[i]]) {
                    live[sources[i]] = true;
                    stack[size++] = sources[i];
                }
            }
        }
        return live;
    }
}
