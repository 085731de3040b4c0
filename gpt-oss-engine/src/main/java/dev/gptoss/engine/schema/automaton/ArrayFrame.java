package dev.gptoss.engine.schema.automaton;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An open array. */
final class ArrayFrame extends Frame {

    private static final int[] NO_DEMANDS = {};

    final ArrayShape shape;
    final int count; // items begun, as far as it matters
    final int[] met; // items that meet each demand, as far as it matters
    final Spellings used; // texts of the items, if they must differ

    private ArrayFrame(
            @Nullable Frame parent, ArrayShape shape, int count, int[] met, Spellings used, boolean isGuess) {
        super(parent, isGuess);
        this.shape = shape;
        this.count = count;
        this.met = met;
        this.used = used;
    }

    static ArrayFrame open(@Nullable Frame parent, ArrayShape shape) {
        int demands = shape.demandMin().length;
        return new ArrayFrame(parent, shape, 0, demands == 0 ? NO_DEMANDS : new int[demands], Spellings.NONE, false);
    }

    /** With one more item, null if the array could not be completed then. */
    @Nullable
    ArrayFrame with(Option option) {
        if (count >= shape.max() || !fits(this, option.value().height) || !shape.admits(met, option)) {
            return null;
        }
        int[] newMet = shape.after(met, option);
        if (met.length > 0 && shape.closing(count + 1, newMet) == null) {
            return null;
        }
        return new ArrayFrame(parent, shape, Math.min(count + 1, shape.steadyCount()), newMet, used, isGuess);
    }

    ArrayFrame withUsed(String text) {
        return new ArrayFrame(parent, shape, count, met, used.with(text), isGuess);
    }

    ArrayFrame withUnknown() {
        return new ArrayFrame(parent, shape, count, met, used, true);
    }

    boolean canClose() {
        if (count < shape.min()) {
            return false;
        }
        for (int d = 0; d < met.length; d++) {
            if (met[d] < shape.demandMin()[d]) {
                return false;
            }
        }
        return true;
    }

    boolean canAdd() {
        for (Option option : shape.at(count)) {
            if (with(option) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayFrame that
                && parent == that.parent
                && shape == that.shape
                && count == that.count
                && isGuess == that.isGuess
                && Arrays.equals(met, that.met)
                && used.equals(that.used);
    }

    @Override
    public int hashCode() {
        int hash = 31 * System.identityHashCode(parent) + System.identityHashCode(shape);
        return 31 * (31 * (31 * hash + count) + Arrays.hashCode(met)) + Objects.hash(used, isGuess);
    }
}
