package dev.gptoss.engine.schema.regex;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over code points. Every state can reach acceptance; a transition that could not is -1. The
 * empty language has no state and {@code start() < 0}.
 */
public final class Dfa {

    /** A number of strings too large to matter. */
    public static final long MANY = Long.MAX_VALUE;

    /** Longer than any string. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Several targets. */
    public static final int MIXED = -2;

    final Alphabet alphabet;
    final int[] next; // (states, classes)
    final int[] labels; // -1: not accepting
    private final int start;
    private final int classes;
    private final int[] representatives;
    private int @Nullable [] asciiTable;
    private int @Nullable [] beyondAscii;
    private int @Nullable [] shortest;
    private long @Nullable [] counts;
    private int @Nullable [] freedom;

    Dfa(Alphabet alphabet, int[] next, int[] labels, int start) {
        this.alphabet = alphabet;
        this.next = next;
        this.labels = labels;
        this.start = start;
        this.classes = alphabet.size();
        this.representatives = alphabet.representatives();
    }

    public int start() {
        return start;
    }

    public int states() {
        return labels.length;
    }

    public boolean isEmpty() {
        return start < 0;
    }

    public boolean accepts(int state) {
        return labels[state] >= 0;
    }

    /** Which of the joined languages a state accepts, -1 if none; 0 where there is only one. */
    public int label(int state) {
        return labels[state];
    }

    /** The state after a code point, -1 if none. */
    public int step(int state, int codePoint) {
        return next[state * classes + alphabet.classOf(codePoint)];
    }

    /** Targets by state and ASCII code point, (states, 128); not to be written to. */
    public synchronized int[] asciiTable() {
        if (asciiTable == null) {
            int[] table = new int[labels.length * 128];
            for (int state = 0; state < labels.length; state++) {
                for (int c = 0; c < 128; c++) {
                    table[state * 128 + c] = next[state * classes + alphabet.ascii()[c]];
                }
            }
            asciiTable = table;
        }
        return asciiTable;
    }

    /** By state the target of every code point from 128 on, {@link #MIXED} if they differ; not to be written to. */
    public synchronized int[] beyondAscii() {
        if (beyondAscii == null) {
            int[] table = new int[labels.length];
            for (int state = 0; state < labels.length; state++) {
                table[state] = beyondAscii(state);
            }
            beyondAscii = table;
        }
        return beyondAscii;
    }

    private int beyondAscii(int state) {
        int common = next[state * classes + alphabet.classOf(128)];
        for (int i = alphabet.interval(128); i < alphabet.starts().length; i++) {
            boolean isSurrogate = alphabet.starts()[i] == 0xD800;
            if (!isSurrogate && next[state * classes + alphabet.classOf()[i]] != common) {
                return MIXED;
            }
        }
        return common;
    }

    public boolean matches(String text) {
        int state = start;
        for (int i = 0; i < text.length() && state >= 0; ) {
            int c = text.codePointAt(i);
            state = step(state, c);
            i += Character.charCount(c);
        }
        return state >= 0 && accepts(state);
    }

    /** Length in code points of the shortest string accepted from a state. */
    public synchronized int shortest(int state) {
        if (shortest == null) {
            shortest = DfaAnalysis.shortest(this);
        }
        return shortest[state];
    }

    /** Number of strings accepted from a state, {@link #MANY} if unbounded or large. */
    public synchronized long count(int state) {
        if (counts == null) {
            counts = DfaAnalysis.counts(this, ignored -> true);
        }
        return counts[state];
    }

    /**
     * How many code points, each any that JSON text shows unescaped other than U+2028 and U+2029, can follow a state
     * without leaving the automaton; {@link #UNBOUNDED} if any number.
     */
    public synchronized int freedom(int state) {
        if (freedom == null) {
            freedom = DfaAnalysis.freedom(this, ignored -> true);
        }
        return freedom[state];
    }

    /** As {@link #count}, of the strings with certain labels alone. */
    public long[] counts(IntPredicate label) {
        return DfaAnalysis.counts(this, label);
    }

    /** As {@link #freedom}, where some states count as outside. */
    public int[] freedom(IntPredicate inside) {
        return DfaAnalysis.freedom(this, inside);
    }

    /** For each state the union of the bits of the labels that can follow. */
    public long[] labelsBelow(IntToLongFunction bits) {
        long[] out = new long[labels.length];
        for (int state = 0; state < out.length; state++) {
            out[state] = labels[state] < 0 ? 0 : bits.applyAsLong(labels[state]);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int edge = next.length - 1; edge >= 0; edge--) {
                if (next[edge] >= 0) {
                    long more = out[next[edge]] & ~out[edge / classes];
                    out[edge / classes] |= more;
                    changed |= more != 0;
                }
            }
        }
        return out;
    }

    /** Whether a code point from first to last leads to a state that satisfies a condition. */
    public boolean continuesWithin(int state, int first, int last, IntPredicate target) {
        for (int i = alphabet.interval(first); i < alphabet.starts().length && alphabet.starts()[i] <= last; i++) {
            int next = this.next[state * classes + alphabet.classOf()[i]];
            if (next >= 0 && target.test(next)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every string is accepted. */
    public boolean isUniversal() {
        if (states() != 1 || !accepts(0)) {
            return false;
        }
        for (int i = 0; i < alphabet.starts().length; i++) {
            boolean surrogate = alphabet.starts()[i] >= 0xD800 && alphabet.starts()[i] < 0xE000;
            if (!surrogate && next[alphabet.classOf()[i]] < 0) {
                return false;
            }
        }
        return true;
    }

    /** A shortest string accepted from a state. */
    public String witness(int from) {
        return witness(from, shortest(from));
    }

    /** A string of a length in code points that is accepted from a state; there must be one. */
    public String witness(int from, int length) {
        StringBuilder out = new StringBuilder();
        int state = from;
        int[] table = length == shortest(from) ? new int[0] : nextAcceptedLengths(length);
        for (int rest = length; rest > 0; rest--) {
            for (int letter = 0; letter < classes; letter++) {
                int target = next[state * classes + letter];
                if (target >= 0
                        && (table.length == 0 ? shortest(target) : table[target * (length + 1) + rest - 1])
                                == rest - 1) {
                    out.appendCodePoint(representatives[letter]);
                    state = target;
                    break;
                }
            }
        }
        return out.toString();
    }

    /** The same automaton with other labels; states that no longer lead to acceptance go. */
    public Dfa relabelled(IntUnaryOperator label) {
        int[] out = new int[labels.length];
        Arrays.setAll(out, state -> labels[state] < 0 ? -1 : label.applyAsInt(labels[state]));
        return Dfas.minimised(alphabet, next.clone(), out);
    }

    /** A shortest string with a label, null if there is none. */
    public @Nullable String shortestWith(int label) {
        int[] from = new int[labels.length]; // edge by which a state was reached first
        Arrays.fill(from, -1);
        int[] queue = new int[labels.length];
        int size = 0;
        if (start >= 0) {
            queue[size++] = start;
        }
        for (int head = 0; head < size; head++) {
            int state = queue[head];
            if (labels[state] == label) {
                StringBuilder out = new StringBuilder();
                for (int at = state; at != start; at = from[at] / classes) {
                    out.appendCodePoint(representatives[from[at] % classes]);
                }
                return out.codePoints().boxed().toList().reversed().stream()
                        .map(Character::toString)
                        .collect(Collectors.joining());
            }
            for (int letter = 0; letter < classes; letter++) {
                int target = next[state * classes + letter];
                if (target >= 0 && target != start && from[target] < 0) {
                    from[target] = state * classes + letter;
                    queue[size++] = target;
                }
            }
        }
        return null;
    }

    /** Whether every accepting state can be followed by another, so that no length is skipped. */
    public boolean acceptanceCanLast() {
        for (int state = 0; state < labels.length; state++) {
            boolean lasts = labels[state] < 0;
            for (int letter = 0; letter < classes && !lasts; letter++) {
                int target = next[state * classes + letter];
                lasts = target >= 0 && labels[target] >= 0;
            }
            if (!lasts) {
                return false;
            }
        }
        return true;
    }

    /**
     * For each state and length from 0 to most, the least length not below it of a string accepted from the state,
     * {@link #UNBOUNDED} if none up to {@code most}; (states, most + 1).
     *
     * @throws RegexException if that is too large a table
     */
    public int[] nextAcceptedLengths(int most) {
        return DfaAnalysis.nextAcceptedLengths(this, most);
    }

    /** Code points that lead on from a state: one for each class, then more of each up to a limit. */
    public int[] choices(int state, int limit) {
        IntStream.Builder out = IntStream.builder();
        for (int letter = 0; letter < classes; letter++) {
            if (next[state * classes + letter] >= 0) {
                out.add(representatives[letter]);
            }
        }
        for (int i = 0; i < alphabet.starts().length; i++) {
            int letter = alphabet.classOf()[i];
            if (next[state * classes + letter] >= 0) {
                int first = alphabet.starts()[i];
                int end = i + 1 < alphabet.starts().length ? alphabet.starts()[i + 1] : Character.MAX_CODE_POINT + 1;
                for (int c = first; c < Math.min(end, first + limit); c++) {
                    out.add(c);
                }
            }
        }
        return out.build().toArray();
    }

    int classes() {
        return classes;
    }

    int representative(int letter) {
        return representatives[letter];
    }
}
