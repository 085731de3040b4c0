package dev.gptoss.engine.schema.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Several automata run side by side. */
public final class DfaProduct {

    private final Dfa[] parts;
    private final boolean[] mustLive;
    private final Alphabet alphabet;
    private final int[][] letterOf; // (parts, classes): class of each part
    private final List<int[]> tuples = new ArrayList<>();
    private int[] next = new int[0];

    private DfaProduct(List<Dfa> parts, boolean[] mustLive) {
        this.parts = parts.toArray(Dfa[]::new);
        this.mustLive = mustLive;
        alphabet = Alphabet.refine(parts.stream().map(dfa -> dfa.alphabet).toList());
        letterOf = new int[parts.size()][alphabet.size()];
        for (int i = 0; i < alphabet.starts().length; i++) {
            for (int p = 0; p < letterOf.length; p++) {
                letterOf[p][alphabet.classOf()[i]] = this.parts[p].alphabet.classOf(alphabet.starts()[i]);
            }
        }
        explore();
    }

    private void explore() {
        int classes = alphabet.size();
        Map<Dfas.Row, Integer> numbers = new HashMap<>();
        int[] first = Arrays.stream(parts).mapToInt(Dfa::start).toArray();
        if (!lives(first)) {
            return;
        }
        numbers.put(new Dfas.Row(first), 0);
        tuples.add(first);
        next = new int[16 * classes];
        for (int state = 0; state < tuples.size(); state++) {
            if ((state + 1) * classes > next.length) {
                next = Arrays.copyOf(next, next.length * 2);
            }
            for (int letter = 0; letter < classes; letter++) {
                int[] target = step(tuples.get(state), letter);
                int number = -1;
                if (lives(target)) {
                    Integer known = numbers.putIfAbsent(new Dfas.Row(target), tuples.size());
                    number = known == null ? tuples.size() : known;
                    if (known == null) {
                        tuples.add(target);
                        Dfas.checkSize(tuples.size());
                    }
                }
                next[state * classes + letter] = number;
            }
        }
        next = Arrays.copyOf(next, tuples.size() * classes);
    }

    private int[] step(int[] tuple, int letter) {
        int[] out = new int[tuple.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = tuple[p] < 0 ? -1 : parts[p].next[tuple[p] * parts[p].classes() + letterOf[p][letter]];
        }
        return out;
    }

    private boolean lives(int[] tuple) {
        boolean any = false;
        for (int p = 0; p < tuple.length; p++) {
            if (tuple[p] < 0 && mustLive[p]) {
                return false;
            }
            any |= tuple[p] >= 0;
        }
        return any;
    }

    /** For each state of the product the states of the parts, -1 where a part is dead. */
    public List<int[]> tuples() {
        return tuples;
    }

    /**
     * The product as one automaton.
     *
     * @param label the label of a tuple of states, -1 if it is not accepting
     */
    public Dfa labelled(ToIntFunction<int[]> label) {
        return Dfas.minimised(
                alphabet, next.clone(), tuples.stream().mapToInt(label).toArray());
    }

    private boolean accepts(int[] tuple, int part) {
        return tuple[part] >= 0 && parts[part].accepts(tuple[part]);
    }

    /** Strings that each of the first and none of the second list accepts. */
    public static Dfa intersection(List<Dfa> positive, List<Dfa> negative) {
        if (positive.size() == 1 && negative.isEmpty()) {
            return positive.getFirst();
        }
        List<Dfa> parts = new ArrayList<>(positive);
        if (parts.isEmpty()) {
            parts.add(Dfas.ANY);
        }
        int split = parts.size();
        parts.addAll(negative);
        boolean[] mustLive = new boolean[parts.size()];
        Arrays.fill(mustLive, 0, split, true);
        DfaProduct product = new DfaProduct(parts, mustLive);
        return product.labelled(tuple -> {
            for (int p = 0; p < tuple.length; p++) {
                if (product.accepts(tuple, p) != p < split) {
                    return -1;
                }
            }
            return 0;
        });
    }

    /** Strings that at least one accepts. */
    public static Dfa union(List<Dfa> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        DfaProduct product = new DfaProduct(parts, new boolean[parts.size()]);
        return product.labelled(tuple -> {
            for (int p = 0; p < tuple.length; p++) {
                if (product.accepts(tuple, p)) {
                    return 0;
                }
            }
            return -1;
        });
    }

    /**
     * Runs automata side by side.
     *
     * @param mustLive whether the product is dead as soon as a part is; it is dead too once all parts are
     */
    public static DfaProduct of(List<Dfa> parts, boolean[] mustLive) {
        return new DfaProduct(parts, mustLive);
    }

    /** The length in code points, as an automaton. */
    public static Dfa lengths(int min, int max) {
        int states = max == Dfa.UNBOUNDED ? min + 1 : max + 1;
        Dfas.checkSize(states);
        Alphabet alphabet = Dfas.ANY.alphabet;
        int letter = alphabet.classOf('a');
        int[] next = new int[states * alphabet.size()];
        Arrays.fill(next, -1);
        int[] labels = new int[states];
        for (int i = 0; i < states; i++) {
            labels[i] = i >= min ? 0 : -1;
            boolean isLast = i + 1 == states;
            next[i * alphabet.size() + letter] = !isLast ? i + 1 : max == Dfa.UNBOUNDED ? i : -1;
        }
        return new Dfa(alphabet, next, labels, min > max ? -1 : 0);
    }
}
