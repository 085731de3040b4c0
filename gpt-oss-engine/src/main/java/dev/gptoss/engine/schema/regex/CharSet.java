package dev.gptoss.engine.schema.regex;

import java.util.Arrays;

/** An immutable set of code points as sorted, disjoint, non-adjacent ranges. Surrogates are in no set. */
public final class CharSet {

    public static final CharSet NONE = new CharSet(new int[0]);
    public static final CharSet ANY = new CharSet(new int[] {0, 0xD7FF, 0xE000, Character.MAX_CODE_POINT});
    static final CharSet DIGIT = range('0', '9');
    static final CharSet WORD = DIGIT.or(range('A', 'Z')).or(range('a', 'z')).or(of('_'));
    // ECMA-262 WhiteSpace and LineTerminator.
    static final CharSet SPACE = range('\t', '\r')
            .or(of(' '))
            .or(of(0xA0))
            .or(of(0x1680))
            .or(range(0x2000, 0x200A))
            .or(range(0x2028, 0x2029))
            .or(of(0x202F))
            .or(of(0x205F))
            .or(of(0x3000))
            .or(of(0xFEFF));
    static final CharSet DOT = of('\n').or(of('\r')).or(range(0x2028, 0x2029)).not();

    private final int[] ranges; // first, last, first, last, ...

    private CharSet(int[] ranges) {
        this.ranges = ranges;
    }

    public static CharSet of(int codePoint) {
        return range(codePoint, codePoint);
    }

    /** Code points from first to last, both included. */
    public static CharSet range(int first, int last) {
        return ofRanges(new int[] {first, last});
    }

    /** Union of ranges in any order: first, last, first, last, ... */
    public static CharSet ofRanges(int[] pairs) {
        long[] sorted = new long[pairs.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (long) pairs[2 * i] << 32 | pairs[2 * i + 1];
        }
        Arrays.sort(sorted);
        int[] merged = new int[pairs.length];
        int size = 0;
        for (long pair : sorted) {
            int first = (int) (pair >>> 32);
            int last = (int) pair;
            if (size > 0 && first <= merged[size - 1] + 1) {
                merged[size - 1] = Math.max(merged[size - 1], last);
            } else {
                merged[size++] = first;
                merged[size++] = last;
            }
        }
        return meet(Arrays.copyOf(merged, size), ANY.ranges);
    }

    public CharSet or(CharSet other) {
        int[] pairs = Arrays.copyOf(ranges, ranges.length + other.ranges.length);
        System.arraycopy(other.ranges, 0, pairs, ranges.length, other.ranges.length);
        return ofRanges(pairs);
    }

    public CharSet and(CharSet other) {
        return meet(ranges, other.ranges);
    }

    /** Every code point that is not in this set. */
    public CharSet not() {
        int[] gaps = new int[ranges.length + 2];
        int size = 0;
        int next = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (next < ranges[i]) {
                gaps[size++] = next;
                gaps[size++] = ranges[i] - 1;
            }
            next = ranges[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            gaps[size++] = next;
            gaps[size++] = Character.MAX_CODE_POINT;
        }
        return meet(Arrays.copyOf(gaps, size), ANY.ranges);
    }

    public boolean contains(int codePoint) {
        for (int i = 0; i < ranges.length; i += 2) {
            if (codePoint <= ranges[i + 1]) {
                return codePoint >= ranges[i];
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return ranges.length == 0;
    }

    boolean containsAll(CharSet other) {
        return other.and(not()).isEmpty();
    }

    /** The ranges: first, last, first, last, ...; not to be written to. */
    int[] ranges() {
        return ranges;
    }

    private static CharSet meet(int[] a, int[] b) {
        int[] out = new int[a.length + b.length];
        int size = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            int first = Math.max(a[i], b[j]);
            int last = Math.min(a[i + 1], b[j + 1]);
            if (first <= last) {
                out[size++] = first;
                out[size++] = last;
            }
            if (a[i + 1] < b[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new CharSet(Arrays.copyOf(out, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharSet set && Arrays.equals(ranges, set.ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        return Arrays.toString(ranges);
    }
}
