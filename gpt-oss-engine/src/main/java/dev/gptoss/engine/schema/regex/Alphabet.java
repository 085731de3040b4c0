package dev.gptoss.engine.schema.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A partition of the code points into classes that an automaton does not tell apart.
 *
 * @param starts first code point of each interval, ascending, the first is 0
 * @param classOf class of each interval
 * @param size number of classes
 * @param ascii class of each ASCII code point
 */
record Alphabet(int[] starts, int[] classOf, int size, int[] ascii) {

    /** The coarsest partition under which each set is a union of classes. */
    static Alphabet of(List<CharSet> sets) {
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, 0xD800, 0xE000));
        for (CharSet set : sets) {
            int[] ranges = set.ranges();
            for (int i = 0; i < ranges.length; i += 2) {
                cuts.add(ranges[i]);
                if (ranges[i + 1] < Character.MAX_CODE_POINT) {
                    cuts.add(ranges[i + 1] + 1);
                }
            }
        }
        int[] starts = cuts.stream().mapToInt(Integer::intValue).toArray();
        BitSet[] memberships = new BitSet[starts.length];
        Arrays.setAll(memberships, ignored -> new BitSet());
        for (int s = 0; s < sets.size(); s++) {
            int[] ranges = sets.get(s).ranges();
            for (int i = 0; i < ranges.length; i += 2) {
                for (int k = Arrays.binarySearch(starts, ranges[i]);
                        k < starts.length && starts[k] <= ranges[i + 1];
                        k++) {
                    memberships[k].set(s);
                }
            }
        }
        return numbered(starts, List.of(memberships));
    }

    /** Intervals with equal keys become one class. */
    private static Alphabet numbered(int[] starts, List<?> keys) {
        Map<Object, Integer> numbers = new HashMap<>();
        int[] classOf = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
            classOf[i] = numbers.computeIfAbsent(keys.get(i), ignored -> numbers.size());
        }
        return of(starts, classOf, numbers.size());
    }

    static Alphabet of(int[] starts, int[] classOf, int size) {
        int[] ascii = new int[128];
        for (int c = 0, i = 0; c < 128; c++) {
            while (i + 1 < starts.length && starts[i + 1] <= c) {
                i++;
            }
            ascii[c] = classOf[i];
        }
        return new Alphabet(starts, classOf, size, ascii);
    }

    /** The coarsest common refinement. */
    static Alphabet refine(List<Alphabet> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        TreeSet<Integer> cuts = new TreeSet<>();
        for (Alphabet part : parts) {
            for (int start : part.starts) {
                cuts.add(start);
            }
        }
        int[] starts = cuts.stream().mapToInt(Integer::intValue).toArray();
        List<List<Integer>> keys = new ArrayList<>();
        for (int start : starts) {
            keys.add(parts.stream().map(part -> part.classOf(start)).toList());
        }
        return numbered(starts, keys);
    }

    int classOf(int codePoint) {
        return codePoint < 128 ? ascii[codePoint] : classOf[interval(codePoint)];
    }

    int interval(int codePoint) {
        int at = Arrays.binarySearch(starts, codePoint);
        return at >= 0 ? at : -at - 2;
    }

    /** One code point of each class. */
    int[] representatives() {
        int[] out = new int[size];
        Arrays.fill(out, -1);
        for (int i = 0; i < starts.length; i++) {
            // Readable letters first: shortest completions are spelled with them.
            if (out[classOf[i]] < 0 || out[classOf[i]] < ' ' && starts[i] >= ' ') {
                out[classOf[i]] = starts[i];
            }
        }
        for (int c : READABLE) {
            out[ascii[c]] = c;
        }
        return out;
    }

    private static final int[] READABLE = "~-_ /.:AZz9Xxba0".codePoints().toArray();
}
