package dev.gptoss.engine.schema.regex;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Figures about the states of an automaton. */
final class DfaAnalysis {

    // 16 MB; the development schemas need 50,000 entries at most.
    private static final int MAX_LENGTH_TABLE = 4_000_000;

    private DfaAnalysis() {}

    /** Predecessors: heads[state] starts a list in (source, nextLink). */
    private record Reverse(int[] heads, int[] sources, int[] links) {

        static Reverse of(Dfa dfa) {
            int[] heads = new int[dfa.states()];
            Arrays.fill(heads, -1);
            int[] sources = new int[dfa.next.length];
            int[] links = new int[dfa.next.length];
            for (int edge = 0; edge < dfa.next.length; edge++) {
                int target = dfa.next[edge];
                if (target >= 0) {
                    sources[edge] = edge / dfa.classes();
                    links[edge] = heads[target];
                    heads[target] = edge;
                }
            }
            return new Reverse(heads, sources, links);
        }
    }

    static int[] shortest(Dfa dfa) {
        Reverse reverse = Reverse.of(dfa);
        int[] out = new int[dfa.states()];
        Arrays.fill(out, Dfa.UNBOUNDED);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int state = 0; state < out.length; state++) {
            if (dfa.accepts(state)) {
                out[state] = 0;
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int edge = reverse.heads[state]; edge >= 0; edge = reverse.links[edge]) {
                int source = reverse.sources[edge];
                if (out[source] == Dfa.UNBOUNDED) {
                    out[source] = out[state] + 1;
                    queue.add(source);
                }
            }
        }
        return out;
    }

    /** A state on or before a cycle that leads to a wanted label accepts without bound. */
    static long[] counts(Dfa dfa, IntPredicate label) {
        int states = dfa.states();
        Reverse reverse = Reverse.of(dfa);
        boolean[] wanted = reaches(dfa, reverse, label);
        int[] open = new int[states]; // outgoing edges whose target is not counted yet
        for (int edge = 0; edge < dfa.next.length; edge++) {
            if (dfa.next[edge] >= 0 && wanted[dfa.next[edge]]) {
                open[edge / dfa.classes()]++;
            }
        }
        long[] sizes = classSizes(dfa.alphabet);
        long[] out = new long[states];
        Arrays.fill(out, Dfa.MANY);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int state = 0; state < states; state++) {
            if (open[state] == 0) {
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            long total = dfa.accepts(state) && label.test(dfa.label(state)) ? 1 : 0;
            for (int letter = 0; letter < dfa.classes(); letter++) {
                int target = dfa.next[state * dfa.classes() + letter];
                if (target >= 0 && wanted[target]) {
                    total = add(total, times(out[target], sizes[letter]));
                }
            }
            out[state] = total;
            if (!wanted[state]) {
                continue; // its edges were never open
            }
            for (int edge = reverse.heads[state]; edge >= 0; edge = reverse.links[edge]) {
                if (--open[reverse.sources[edge]] == 0) {
                    queue.add(reverse.sources[edge]);
                }
            }
        }
        return out;
    }

    private static boolean[] reaches(Dfa dfa, Reverse reverse, IntPredicate label) {
        boolean[] out = new boolean[dfa.states()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int state = 0; state < out.length; state++) {
            if (dfa.accepts(state) && label.test(dfa.label(state))) {
                out[state] = true;
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int edge = reverse.heads[state]; edge >= 0; edge = reverse.links[edge]) {
                if (!out[reverse.sources[edge]]) {
                    out[reverse.sources[edge]] = true;
                    queue.add(reverse.sources[edge]);
                }
            }
        }
        return out;
    }

    private static long[] classSizes(Alphabet alphabet) {
        long[] sizes = new long[alphabet.size()];
        int[] starts = alphabet.starts();
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : Character.MAX_CODE_POINT + 1;
            sizes[alphabet.classOf()[i]] += end - starts[i];
        }
        return sizes;
    }

    private static long add(long a, long b) {
        return a >= Dfa.MANY - b ? Dfa.MANY : a + b;
    }

    private static long times(long a, long b) {
        return a > 1L << 40 ? Dfa.MANY : a * b;
    }

    static int[] freedom(Dfa dfa, IntPredicate inside) {
        boolean[] plain = plainClasses(dfa.alphabet);
        Reverse reverse = Reverse.of(dfa);
        int[] out = new int[dfa.states()];
        Arrays.fill(out, Dfa.UNBOUNDED);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int state = 0; state < out.length; state++) {
            for (int letter = 0; letter < dfa.classes(); letter++) {
                int target = dfa.next[state * dfa.classes() + letter];
                if (plain[letter] && (target < 0 || !inside.test(target))) {
                    out[state] = 0;
                    queue.add(state);
                    break;
                }
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int edge = reverse.heads[state]; edge >= 0; edge = reverse.links[edge]) {
                int source = reverse.sources[edge];
                if (plain[edge % dfa.classes()] && out[source] == Dfa.UNBOUNDED) {
                    out[source] = out[state] + 1;
                    queue.add(source);
                }
            }
        }
        return out;
    }

    private static boolean[] plainClasses(Alphabet alphabet) {
        boolean[] plain = new boolean[alphabet.size()];
        for (int i = 0; i < alphabet.starts().length; i++) {
            int first = alphabet.starts()[i];
            int last = i + 1 < alphabet.starts().length ? alphabet.starts()[i + 1] - 1 : Character.MAX_CODE_POINT;
            plain[alphabet.classOf()[i]] |= hasPlain(first, last);
        }
        return plain;
    }

    private static boolean hasPlain(int first, int last) {
        for (int c = Math.max(first, ' '); c <= last; c++) {
            boolean surrogate = c >= 0xD800 && c < 0xE000;
            if (c != '"' && c != '\\' && c != 0x2028 && c != 0x2029 && !surrogate) {
                return true;
            }
            if (surrogate) {
                c = 0xDFFF;
            }
        }
        return false;
    }

    static int[] nextAcceptedLengths(Dfa dfa, int most) {
        long size = (most + 1L) * dfa.states();
        if (size > MAX_LENGTH_TABLE) {
            throw new RegexException("bounds on the length and the pattern together need a table of " + size
                    + " entries, the limit is " + MAX_LENGTH_TABLE);
        }
        int width = most + 1;
        int[] out = new int[(int) size];
        boolean[] exact = new boolean[dfa.states()]; // accepts a string of exactly this length
        for (int length = 0; length <= most; length++) {
            boolean[] longer = new boolean[dfa.states()];
            for (int state = 0; state < longer.length; state++) {
                if (length == 0) {
                    longer[state] = dfa.accepts(state);
                } else {
                    for (int letter = 0; letter < dfa.classes() && !longer[state]; letter++) {
                        int target = dfa.next[state * dfa.classes() + letter];
                        longer[state] = target >= 0 && exact[target];
                    }
                }
                out[state * width + length] = longer[state] ? length : Dfa.UNBOUNDED;
            }
            exact = longer;
        }
        for (int state = 0; state < exact.length; state++) {
            for (int length = most - 1; length >= 0; length--) {
                int at = state * width + length;
                out[at] = Math.min(out[at], out[at + 1]);
            }
        }
        return out;
    }
}
