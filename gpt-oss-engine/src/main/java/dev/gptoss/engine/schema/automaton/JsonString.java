package dev.gptoss.engine.schema.automaton;

import java.util.function.IntPredicate;

/**
 * The bytes of a JSON string as code points: UTF-8, escapes, surrogate pairs. Between code points the rest of a sequence
 * is kept in an int, 0 meaning none.
 */
final class JsonString {

    static final int NO_PARTIAL = 0;

    // A partial sequence: bits 28-31 kind, 24-25 bytes or digits (see below), 26-27 length, 0-21 value.
    private static final int UTF8 = 1 << 28; // 24-25 bytes to come, 26-27 length of the sequence - 1
    private static final int ESCAPE = 2 << 28;
    private static final int UNICODE = 3 << 28; // 24-25 digits read
    private static final int HIGH = 4 << 28; // 0-9 high surrogate, 10-21 digits of the low one, 24-26 stage
    private static final int KIND = 15 << 28;

    /** No sequence begins or goes on like this. */
    static final long DEAD = -1;

    private static final long CODE_POINT = 1L << 32;

    private JsonString() {}

    static boolean isCodePoint(long step) {
        return step >= CODE_POINT;
    }

    static int codePoint(long step) {
        return (int) step;
    }

    /**
     * Reads a byte.
     *
     * @param anyEscape whether every escape is permitted, else only where the code point cannot stand for itself
     * @return {@link #DEAD}, a partial sequence, or a code point
     */
    static long step(int partial, int b, boolean anyEscape) {
        return switch (partial & KIND) {
            case 0 -> begin(b);
            case UTF8 -> utf8(partial, b);
            case ESCAPE -> escape(b, anyEscape);
            case UNICODE -> unicode(partial, b, anyEscape);
            default -> low(partial, b);
        };
    }

    private static long begin(int b) {
        if (b == '\\') {
            return Integer.toUnsignedLong(ESCAPE);
        }
        if (b < 0x80) {
            return b < ' ' ? DEAD : CODE_POINT | b;
        }
        if (b >= 0xC2 && b < 0xE0) {
            return UTF8 | 1 << 26 | 1 << 24 | b & 0x1F;
        }
        if (b >= 0xE0 && b < 0xF0) {
            return UTF8 | 2 << 26 | 2 << 24 | b & 0x0F;
        }
        return b >= 0xF0 && b < 0xF5 ? Integer.toUnsignedLong(UTF8 | 3 << 26 | 3 << 24 | b & 0x07) : DEAD;
    }

    private static long utf8(int partial, int b) {
        if ((b & 0xC0) != 0x80) {
            return DEAD;
        }
        int rest = (partial >> 24 & 3) - 1;
        int value = (partial & 0x1FFFFF) << 6 | b & 0x3F;
        if (rest == 0) {
            return value < least(partial) || value > Character.MAX_CODE_POINT ? DEAD : CODE_POINT | value;
        }
        int next = UTF8 | partial & 3 << 26 | rest << 24 | value;
        return first(next) > last(next) || isSurrogate(first(next)) && isSurrogate(last(next)) ? DEAD : next;
    }

    /** UTF-8 spells none of them. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int least(int partial) {
        return switch (partial >> 26 & 3) {
            case 1 -> 0x80;
            case 2 -> 0x800;
            default -> 0x10000;
        };
    }

    private static long escape(int b, boolean anyEscape) {
        return switch (b) {
            case '"', '\\' -> CODE_POINT | b;
            case '/' -> anyEscape ? CODE_POINT | b : DEAD;
            case 'b' -> CODE_POINT | '\b';
            case 'f' -> CODE_POINT | '\f';
            case 'n' -> CODE_POINT | '\n';
            case 'r' -> CODE_POINT | '\r';
            case 't' -> CODE_POINT | '\t';
            case 'u' -> UNICODE;
            default -> DEAD;
        };
    }

    private static long unicode(int partial, int b, boolean anyEscape) {
        int digit = hex(b);
        if (digit < 0) {
            return DEAD;
        }
        int digits = (partial >> 24 & 3) + 1;
        int value = (partial & 0xFFF) << 4 | digit;
        if (digits < 4) {
            int next = UNICODE | digits << 24 | value;
            boolean onlyLow = digits >= 2 && value >> (4 * (digits - 2)) >= 0xDC && value >> (4 * (digits - 2)) < 0xE0;
            return onlyLow || !anyEscape && !leadsToControl(value, digits) ? DEAD : next;
        }
        if (value >= 0xD800 && value < 0xDC00) {
            return anyEscape ? Integer.toUnsignedLong(HIGH | value & 0x3FF) : DEAD;
        }
        return anyEscape || isControlWithoutName(value) ? CODE_POINT | value : DEAD;
    }

    private static boolean leadsToControl(int value, int digits) {
        return digits < 3 ? value == 0 : value <= 1;
    }

    private static boolean isControlWithoutName(int value) {
        return value < ' ' && value != '\b' && value != '\f' && value != '\n' && value != '\r' && value != '\t';
    }

    private static long low(int partial, int b) {
        int stage = partial >> 24 & 7;
        if (stage < 2) {
            return b == (stage == 0 ? '\\' : 'u') ? Integer.toUnsignedLong(partial + (1 << 24)) : DEAD;
        }
        int digit = hex(b);
        boolean fits = digit >= 0 && (stage != 2 || digit == 0xD) && (stage != 3 || digit >= 0xC);
        if (!fits) {
            return DEAD;
        }
        int value = (partial >> 10 & 0xFFF) << 4 | digit;
        if (stage == 5) {
            return CODE_POINT | 0x10000 + ((partial & 0x3FF) << 10) + (value & 0x3FF);
        }
        return Integer.toUnsignedLong(HIGH | stage + 1 << 24 | value << 10 | partial & 0x3FF);
    }

    private static int hex(int b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** The least code point that a partial sequence can become. */
    static int first(int partial) {
        return switch (partial & KIND) {
            case UTF8 -> Math.max((partial & 0x1FFFFF) << 6 * (partial >> 24 & 3), least(partial));
            case HIGH -> 0x10000 + ((partial & 0x3FF) << 10);
            default -> 0;
        };
    }

    /** The greatest code point that a partial sequence can become. */
    static int last(int partial) {
        return switch (partial & KIND) {
            case UTF8 -> {
                int rest = 6 * (partial >> 24 & 3);
                yield Math.min(((partial & 0x1FFFFF) + 1 << rest) - 1, Character.MAX_CODE_POINT);
            }
            case HIGH -> 0x10000 + ((partial & 0x3FF) << 10) + 0x3FF;
            default -> Character.MAX_CODE_POINT;
        };
    }

    static boolean isUtf8(int partial) {
        return (partial & KIND) == UTF8;
    }

    static boolean isEscape(int partial) {
        return (partial & KIND) == ESCAPE || (partial & KIND) == UNICODE;
    }

    /** Whether an escape in its only spelling can become a code point that satisfies a condition. */
    static boolean canBecome(int partial, IntPredicate condition) {
        for (int c = 0; c < ' '; c++) {
            boolean inReach = (partial & KIND) == ESCAPE
                    || isControlWithoutName(c) && c >> 4 * (4 - (partial >> 24 & 3)) == (partial & 0xFFF);
            if (inReach && condition.test(c)) {
                return true;
            }
        }
        return (partial & KIND) == ESCAPE && (condition.test('"') || condition.test('\\'));
    }
}
