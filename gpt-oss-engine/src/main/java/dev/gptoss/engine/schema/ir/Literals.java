package dev.gptoss.engine.schema.ir;

import java.util.Set;
import java.util.TreeSet;

/** Positions of a schema, each asserted or denied: twice the number of the position, plus 1 if denied. */
final class Literals {

    static final int TRUE = 0;
    static final int FALSE = 1;
    private static final int[] NOTHING = {FALSE};

    private Literals() {}

    static int of(Position position) {
        return position.id() << 1;
    }

    static int not(int literal) {
        return literal ^ 1;
    }

    static boolean isDenied(int literal) {
        return (literal & 1) != 0;
    }

    /** The conjunction of literals in its canonical form: sorted, without {@link #TRUE}; contradictions are FALSE alone. */
    static int[] conjunction(Set<Integer> literals) {
        TreeSet<Integer> sorted = new TreeSet<>(literals);
        sorted.remove(TRUE);
        if (sorted.contains(FALSE) || sorted.stream().anyMatch(literal -> sorted.contains(not(literal)))) {
            return NOTHING;
        }
        return sorted.stream().mapToInt(Integer::intValue).toArray();
    }
}
