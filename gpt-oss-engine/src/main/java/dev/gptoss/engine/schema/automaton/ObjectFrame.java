package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An open object: the keys it has, and what may still come. */
final class ObjectFrame extends Frame {

    private static final int ANY_ORDER = -2;
    private static final Option[] NO_OPTIONS = {};

    final ObjectShape shape;
    final long[] seen;
    final Spellings extras;
    private final int count;
    private final int last; // the last declared key, if the order is fixed
    private final int met;
    private final int @Nullable [] taken; // other keys by class, where demands need to know
    private long @Nullable [] allowed;
    private long allowedClasses;
    private boolean classesKnown;

    private ObjectFrame(
            @Nullable Frame parent,
            ObjectShape shape,
            long[] seen,
            int count,
            Spellings extras,
            int last,
            int met,
            int @Nullable [] taken,
            boolean isGuess) {
        super(parent, isGuess);
        this.shape = shape;
        this.seen = seen;
        this.count = count;
        this.extras = extras;
        this.last = last;
        this.met = met;
        this.taken = taken;
    }

    static ObjectFrame open(@Nullable Frame parent, ObjectShape shape, boolean isOrdered) {
        int[] taken = shape.demands == 0 ? null : new int[shape.extraValues.length];
        return new ObjectFrame(
                parent, shape, new long[shape.words], 0, Spellings.NONE, isOrdered ? -1 : ANY_ORDER, 0, taken, false);
    }

    private int counted(int more) {
        // Without bounds the number does not tell states apart.
        return shape.max == ObjectShape.UNBOUNDED ? Math.min(count + more, shape.min) : count + more;
    }

    /** With a declared key, null if the object could not be completed then. */
    @Nullable
    ObjectFrame with(int key, Option option) {
        if ((seen[key >> 6] >> key & 1) != 0 || last != ANY_ORDER && key <= last || !isUseful(option)) {
            return null;
        }
        long[] newSeen = seen.clone();
        newSeen[key >> 6] |= 1L << key;
        ObjectFrame next = new ObjectFrame(
                parent,
                shape,
                newSeen,
                counted(1),
                extras,
                last == ANY_ORDER ? last : key,
                met | option.fulfils(),
                taken,
                isGuess);
        return next.isLive() ? next : null;
    }

    /** With another key of a class, null if the object could not be completed then. The text is null if unknown. */
    @Nullable
    ObjectFrame withExtra(int index, @Nullable String text, Option option) {
        if (!isUseful(option)) {
            return null;
        }
        int[] newTaken = taken;
        if (taken != null && shape.extraCountOf(index) != Dfa.MANY) {
            newTaken = taken.clone();
            newTaken[index]++;
        }
        ObjectFrame next = new ObjectFrame(
                parent,
                shape,
                seen,
                counted(1),
                text == null ? extras : extras.with(text),
                last == ANY_ORDER ? last : shape.names.length,
                met | option.fulfils(),
                newTaken,
                isGuess || text == null);
        return next.isLive() ? next : null;
    }

    private boolean isUseful(Option option) {
        int valued = option.fulfils() & ~shape.metByAnyValue;
        boolean meetsNothingNew = valued != 0 && (valued & ~met) == 0;
        return !meetsNothingNew && fits(this, option.value().height);
    }

    private long[] needed() {
        long[] out = shape.required.clone();
        long[][] implied = shape.implied;
        if (implied != null) {
            for (int key = 0; key < implied.length; key++) {
                if ((seen[key >> 6] >> key & 1) != 0) {
                    for (int w = 0; w < out.length; w++) {
                        out[w] |= implied[key][w];
                    }
                }
            }
        }
        for (int w = 0; w < out.length; w++) {
            out[w] &= ~seen[w];
        }
        return out;
    }

    private static int size(long[] bits) {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        return size;
    }

    private boolean isLive() {
        long[] needed = needed();
        if (last != ANY_ORDER) {
            for (int key = 0; key <= Math.min(last, shape.names.length - 1); key++) {
                if ((needed[key >> 6] >> key & 1) != 0) {
                    return false;
                }
            }
        }
        int unmet = shape.demands & ~met;
        int slots = size(needed) + Integer.bitCount(unmet);
        if (count + slots > shape.max) {
            return false;
        }
        if (unmet != 0 && !canMeet(unmet)) {
            return false;
        }
        return count + slots >= shape.min || count + slots + spare(needed) >= shape.min;
    }

    /** Whether the demands find keys: one key may meet several, but only as far as one value can. */
    private boolean canMeet(int unmet) {
        int anyValue = unmet & shape.metByAnyValue;
        for (int demand = 0; anyValue >> demand != 0; demand++) {
            if ((anyValue >> demand & 1) != 0 && !canMeet(1 << demand, open(), left())) {
                return false;
            }
        }
        return canMeet(unmet & ~shape.metByAnyValue, open(), left());
    }

    /** Declared keys that may come. */
    private boolean[] open() {
        boolean[] open = new boolean[shape.names.length];
        for (int key = 0; key < open.length; key++) {
            open[key] = !has(seen, key) && key > last;
        }
        return open;
    }

    /** Numbers of other keys that may come, by class. */
    private long[] left() {
        long[] left = new long[shape.extraValues.length];
        for (int c = 0; c < left.length; c++) {
            left[c] = shape.extraCountOf(c) - (taken == null ? 0 : taken[c]);
        }
        return left;
    }

    private boolean canMeet(int unmet, boolean[] open, long[] left) {
        if (unmet == 0) {
            return true;
        }
        int demand = Integer.lowestOneBit(unmet);
        for (int c = 0; c < left.length; c++) {
            for (Option option : shape.extraValues[c]) {
                if ((option.fulfils() & demand) != 0 && left[c] > 0) {
                    left[c]--;
                    if (canMeet(unmet & ~option.fulfils(), open, left)) {
                        return true;
                    }
                    left[c]++;
                }
            }
        }
        for (int key = 0; key < open.length; key++) {
            for (Option option : open[key] ? shape.values[key] : NO_OPTIONS) {
                if ((option.fulfils() & demand) != 0) {
                    open[key] = false;
                    if (canMeet(unmet & ~option.fulfils(), open, left)) {
                        return true;
                    }
                    open[key] = true;
                }
            }
        }
        return false;
    }

    /** Keys that may come beside the needed ones. */
    private long spare(long[] needed) {
        long spare = extrasLeft();
        long[][] implied = shape.implied;
        for (int key = Math.max(last + 1, 0); key < shape.names.length; key++) {
            boolean isOpen = ((seen[key >> 6] | needed[key >> 6]) >> key & 1) == 0;
            boolean isAlone = implied == null || shape.max == ObjectShape.UNBOUNDED || size(implied[key]) == 1;
            if (isOpen && isAlone && spare < Integer.MAX_VALUE) {
                spare++;
            }
        }
        return Math.min(spare, Integer.MAX_VALUE);
    }

    private long extrasLeft() {
        if (shape.keys.isEmpty()) {
            return 0;
        }
        long all = shape.extraCount[shape.keys.start()];
        return all == Dfa.MANY ? Integer.MAX_VALUE : Math.max(all - extras.size, 0);
    }

    /** Declared keys that may come next. */
    long[] allowed() {
        if (allowed == null) {
            long[] out = new long[shape.words];
            for (int key = 0; key < shape.names.length; key++) {
                for (Option option : shape.values[key]) {
                    boolean isFree = shape.isPlain
                            && last == ANY_ORDER
                            && (seen[key >> 6] >> key & 1) == 0
                            && fits(this, option.value().height);
                    if (isFree || with(key, option) != null) {
                        out[key >> 6] |= 1L << key;
                        break;
                    }
                }
            }
            allowed = out;
        }
        return allowed;
    }

    /** Classes of other keys that may come next; classes from 64 on share the bits of the first. */
    long allowedClasses() {
        if (!classesKnown) {
            long out = extrasLeft() == 0 ? 0 : -1L;
            for (int c = 0; c < shape.extraValues.length && out != 0; c++) {
                if (!allowsClass(c)) {
                    out &= ~(1L << c);
                }
            }
            allowedClasses = shape.extraValues.length == 0 ? 0 : out;
            classesKnown = true;
        }
        return allowedClasses;
    }

    private boolean allowsClass(int index) {
        for (Option option : shape.extraValues[index]) {
            if (withExtra(index, null, option) != null) {
                return true;
            }
        }
        return false;
    }

    boolean canAdd() {
        return shape.isPlain
                        && !shape.keys.isEmpty()
                        && shape.extraCount[shape.keys.start()] == Dfa.MANY
                        && allowedClasses() == -1L
                || canContinue(shape.keys.start(), null);
    }

    /** Whether the prefix of a key can become one that may come next. */
    boolean canContinue(int state, @Nullable Spellings repeats) {
        if (state < 0) {
            return false;
        }
        boolean hasExtras = (shape.classesBelow[state] & allowedClasses()) != 0;
        long number = shape.extraCount[state];
        if (hasExtras && (number == Dfa.MANY || number > (repeats == null ? 0 : repeats.size))) {
            return true;
        }
        long[] below = shape.below(state);
        if (below.length > 0) {
            long[] open = allowed();
            for (int w = 0; w < below.length; w++) {
                if ((below[w] & open[w]) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The declared key that probably goes on from a state of the keys: the one after the last if it must come, else the
     * only one that begins like this; -1 if there is none.
     */
    int likelyKey(int state) {
        int inTurn = afterLastSeen();
        long[] below = shape.below(state);
        if (below.length == 0) {
            return -1;
        }
        if (inTurn < shape.names.length && has(below, inTurn) && has(needed(), inTurn)) {
            return inTurn;
        }
        if (state == shape.keys.start()) {
            return -1;
        }
        long[] open = allowed();
        int only = -1;
        for (int key = 0; key < shape.names.length; key++) {
            if (has(below, key) && has(open, key)) {
                if (only >= 0) {
                    return -1;
                }
                only = key;
            }
        }
        return only;
    }

    /** Whether every declared key has come. */
    boolean hasAllDeclared() {
        return size(seen) == shape.names.length;
    }

    private int afterLastSeen() {
        for (int w = seen.length - 1; w >= 0; w--) {
            if (seen[w] != 0) {
                return w * 64 + 64 - Long.numberOfLeadingZeros(seen[w]);
            }
        }
        return 0;
    }

    private static boolean has(long[] bits, int key) {
        return (bits[key >> 6] >> key & 1) != 0;
    }

    boolean canClose() {
        return size(needed()) == 0 && count >= shape.min && (shape.demands & ~met) == 0;
    }

    /** Demands that no value meets yet. */
    int unmet() {
        return shape.demands & ~met;
    }

    /** Keys that must come. */
    long[] missing() {
        return needed();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectFrame that
                && parent == that.parent
                && shape == that.shape
                && count == that.count
                && last == that.last
                && met == that.met
                && isGuess == that.isGuess
                && Arrays.equals(seen, that.seen)
                && Arrays.equals(taken, that.taken)
                && extras.equals(that.extras);
    }

    @Override
    public int hashCode() {
        int hash = 31 * System.identityHashCode(parent) + System.identityHashCode(shape);
        return 31 * (31 * (31 * hash + count) + Arrays.hashCode(seen)) + Objects.hash(extras, last, met, isGuess);
    }
}
