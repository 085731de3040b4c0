package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Objects: declared keys by number, and classes of other keys. Bit sets are words of 64 keys. */
public final class ObjectShape {

    public static final int UNBOUNDED = Integer.MAX_VALUE;

    final String[] names;
    final Option[][] values; // by declared key
    final Option[][] extraValues; // by class
    final long[] required;
    final long @Nullable [][] implied; // by declared key: the keys it needs, itself included
    final int min;
    final int max;
    final int demands; // bits of the demands, each to be met by some value
    final int metByAnyValue; // demands that ask for a key alone
    final int height;

    /** Labels are declared keys, then classes. */
    final Dfa keys;

    private final long[] classCounts;
    private final long[][] below; // by state of keys: declared keys that can follow
    final long[] extraCount; // by state of keys: number of other keys that can follow
    final long[] classesBelow; // by state of keys: classes that can follow, modulo 64
    final int[] freedom; // by state of keys: plain code points that lead to no dead end
    final int words;
    final boolean isPlain; // no implied keys, no demands, no bound on the number: every unseen key may come

    public ObjectShape(
            String[] names,
            Option[][] values,
            Option[][] extraValues,
            long[] required,
            long @Nullable [][] implied,
            int min,
            int max,
            int demands,
            int metByAnyValue,
            int height,
            Dfa keys) {
        this.names = names;
        this.values = values;
        this.extraValues = extraValues;
        this.required = required;
        this.implied = implied;
        this.min = min;
        this.max = max;
        this.demands = demands;
        this.metByAnyValue = metByAnyValue;
        this.height = height;
        this.keys = keys;
        words = (names.length + 63) / 64;
        isPlain = implied == null && demands == 0 && max == UNBOUNDED;
        classCounts = new long[extraValues.length];
        for (int c = 0; demands != 0 && c < classCounts.length; c++) {
            int wanted = names.length + c;
            classCounts[c] = keys.counts(label -> label == wanted)[keys.start()];
        }
        if (keys.isEmpty()) {
            below = new long[0][];
            extraCount = new long[0];
            classesBelow = new long[0];
            freedom = new int[0];
        } else {
            below = declaredBelow();
            extraCount = keys.counts(label -> label >= names.length);
            classesBelow = keys.labelsBelow(label -> label < names.length ? 0 : 1L << (label - names.length));
            freedom = keys.freedom(state -> extraCount[state] == Dfa.MANY);
        }
    }

    private static final long[] NOTHING = {};

    private long[][] declaredBelow() {
        long[][] out = new long[keys.states()][];
        Arrays.fill(out, NOTHING);
        for (int key = 0; key < names.length; key++) {
            int state = keys.start();
            mark(out, state, key);
            for (int c : names[key].codePoints().toArray()) {
                state = keys.step(state, c);
                mark(out, state, key);
            }
        }
        return out;
    }

    private void mark(long[][] out, int state, int key) {
        if (out[state].length == 0) {
            out[state] = new long[words];
        }
        out[state][key >> 6] |= 1L << key;
    }

    /** Declared keys that a prefix of a key can become. */
    long[] below(int state) {
        return below[state];
    }

    /** What is left of a declared key at a state that it passes. */
    String rest(int key, int atState) {
        int state = keys.start();
        int at = 0;
        while (state != atState) {
            int c = names[key].codePointAt(at);
            state = keys.step(state, c);
            at += Character.charCount(c);
        }
        return names[key].substring(at);
    }

    /** Number of keys of a class. */
    long extraCountOf(int index) {
        return classCounts[index];
    }

    boolean isExtra(int label) {
        return label >= names.length;
    }

    /** The class of a label of other keys. */
    int classOf(int label) {
        return label - names.length;
    }

    Option[] valuesOf(int label) {
        return label < names.length ? values[label] : extraValues[label - names.length];
    }
}
