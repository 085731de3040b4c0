package dev.gptoss.engine.schema.regex;

/** A node of an extended regular expression; equal expressions of one {@link RegexAlgebra} are the same object. */
final class Regex {

    enum Kind {
        NONE,
        EMPTY,
        CHARS,
        CAT,
        OR,
        AND,
        NOT,
        REPEAT
    }

    final int id;
    final Kind kind;
    final CharSet set; // CHARS
    final Regex[] parts; // CAT: head, tail; NOT and REPEAT: body; OR and AND: sorted by id
    final int min; // REPEAT
    final int max; // REPEAT, -1: no bound
    final boolean nullable;

    Regex(int id, Kind kind, CharSet set, Regex[] parts, int min, int max) {
        this.id = id;
        this.kind = kind;
        this.set = set;
        this.parts = parts;
        this.min = min;
        this.max = max;
        this.nullable = isNullable();
    }

    private boolean isNullable() {
        return switch (kind) {
            case NONE, CHARS -> false;
            case EMPTY -> true;
            case CAT -> parts[0].nullable && parts[1].nullable;
            case OR -> {
                boolean any = false;
                for (Regex part : parts) {
                    any |= part.nullable;
                }
                yield any;
            }
            case AND -> {
                boolean all = true;
                for (Regex part : parts) {
                    all &= part.nullable;
                }
                yield all;
            }
            case NOT -> !parts[0].nullable;
            case REPEAT -> min == 0 || parts[0].nullable;
        };
    }
}
