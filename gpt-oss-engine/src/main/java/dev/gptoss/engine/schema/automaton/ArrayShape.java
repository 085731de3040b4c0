package dev.gptoss.engine.schema.automaton;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays.
 *
 * @param prefix ways to read the first items
 * @param rest ways to read the other items
 * @param isUnique whether no two items are equal; then every item is a scalar
 * @param demandMin per demand, how many items must meet it
 * @param demandMax per demand, how many items may meet it
 * @param height levels of arrays and objects, this one included
 */
public record ArrayShape(
        Option[][] prefix,
        Option[] rest,
        int min,
        int max,
        boolean isUnique,
        int[] demandMin,
        int[] demandMax,
        int height) {

    public static final int UNBOUNDED = Integer.MAX_VALUE;

    Option[] at(int index) {
        return index < prefix.length ? prefix[index] : rest;
    }

    /**
     * Items that complete an array, few and short.
     *
     * @param count items so far
     * @param met items so far that meet each demand
     * @return null if there are none
     */
    public Option @Nullable [] closing(int count, int[] met) {
        List<Option> out = new ArrayList<>();
        int[] have = met.clone();
        while (true) {
            int unmet = unmet(have);
            if (unmet == 0 && count + out.size() >= min) {
                return out.toArray(Option[]::new);
            }
            int index = count + out.size();
            Option best = index < max ? best(at(index), have, unmet) : null;
            boolean isStuck = best != null && index >= prefix.length && unmet != 0 && (best.fulfils() & unmet) == 0;
            if (best == null || isStuck) {
                return null;
            }
            out.add(best);
            count(have, best);
        }
    }

    private int unmet(int[] have) {
        int unmet = 0;
        for (int d = 0; d < have.length; d++) {
            unmet |= have[d] < demandMin[d] ? 1 << d : 0;
        }
        return unmet;
    }

    /** Whether one more item of an option keeps to the limits of the demands. */
    boolean admits(int[] have, Option option) {
        for (int d = 0; d < have.length; d++) {
            if ((option.fulfils() >> d & 1) != 0 && have[d] >= demandMax[d]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Option best(Option[] options, int[] have, int unmet) {
        Option best = null;
        for (Option option : options) {
            if (option.value().isEmpty() || !admits(have, option)) {
                continue;
            }
            int more = best == null
                    ? 1
                    : Integer.bitCount(option.fulfils() & unmet) - Integer.bitCount(best.fulfils() & unmet);
            if (best == null || more > 0 || more == 0 && option.value().cost < best.value().cost) {
                best = option;
            }
        }
        return best;
    }

    private static void count(int[] have, Option option) {
        for (int d = 0; d < have.length; d++) {
            have[d] += option.fulfils() >> d & 1;
        }
    }

    /** Numbers of items per demand after one more, as far as they matter. */
    int[] after(int[] have, Option option) {
        if (have.length == 0) {
            return have;
        }
        int[] out = have.clone();
        count(out, option);
        for (int d = 0; d < out.length; d++) {
            out[d] = demandMax[d] == UNBOUNDED ? Math.min(out[d], demandMin[d]) : out[d];
        }
        return out;
    }

    /** Number of items from which on another one changes nothing. */
    int steadyCount() {
        return max == UNBOUNDED ? Math.max(prefix.length, min) : UNBOUNDED;
    }
}
