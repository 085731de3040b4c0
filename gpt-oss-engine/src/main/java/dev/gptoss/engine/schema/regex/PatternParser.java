package dev.gptoss.engine.schema.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses ECMA-262 patterns, Unicode mode, with the lenient escapes of Annex B that real schemas use. What is not a
 * regular language, or not ECMA-262, is refused.
 */
final class PatternParser {

    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_NESTING = 200;
    private static final int MAX_REPEAT = 5_000;

    private final int[] text;
    private int at;
    private int nesting;

    private PatternParser(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new RegexException("pattern is longer than " + MAX_LENGTH + " characters");
        }
        text = pattern.codePoints().toArray();
    }

    static Syntax parse(String pattern) {
        PatternParser parser = new PatternParser(pattern);
        Syntax syntax = parser.choice();
        if (parser.at < parser.text.length) {
            throw parser.error("unmatched ')'");
        }
        return syntax;
    }

    private Syntax choice() {
        if (++nesting > MAX_NESTING) {
            throw error("groups nest deeper than " + MAX_NESTING);
        }
        List<Syntax> branches = new ArrayList<>();
        do {
            branches.add(sequence());
        } while (take('|'));
        nesting--;
        return branches.size() == 1 ? branches.getFirst() : new Syntax.Choice(branches);
    }

    private Syntax sequence() {
        List<Syntax> parts = new ArrayList<>();
        while (at < text.length && text[at] != '|' && text[at] != ')') {
            parts.add(quantified(term()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Sequence(parts);
    }

    private Syntax quantified(Syntax body) {
        int min;
        int max;
        if (take('*')) {
            min = 0;
            max = -1;
        } else if (take('+')) {
            min = 1;
            max = -1;
        } else if (take('?')) {
            min = 0;
            max = 1;
        } else if (at < text.length && text[at] == '{') {
            int open = at++;
            min = number();
            max = min;
            if (min >= 0 && take(',')) {
                max = at < text.length && text[at] == '}' ? -1 : number();
                if (max < -1) {
                    min = -2;
                }
            }
            if (min < 0 || !take('}')) {
                at = open; // Annex B: a brace that opens no quantifier is itself
                return body;
            }
            if (max >= 0 && max < min) {
                throw error("quantifier {" + min + "," + max + "} is out of order");
            }
        } else {
            return body;
        }
        take('?'); // laziness changes which match is found, not whether there is one
        if (at < text.length && text[at] == '+') {
            throw error("possessive quantifiers are not ECMA-262");
        }
        if (min > MAX_REPEAT || max > MAX_REPEAT) {
            throw error("quantifier repeats more than " + MAX_REPEAT + " times");
        }
        return new Syntax.Repeat(body, min, max);
    }

    /** A decimal number, -2 if there is none. */
    private int number() {
        int start = at;
        long value = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = Math.min(value * 10 + text[at++] - '0', Integer.MAX_VALUE);
        }
        return at == start ? -2 : (int) value;
    }

    private Syntax term() {
        int c = text[at++];
        return switch (c) {
            case '^' -> new Syntax.Start();
            case '$' -> new Syntax.End();
            case '.' -> new Syntax.Chars(CharSet.DOT);
            case '(' -> group();
            case '[' -> new Syntax.Chars(charClass());
            case '\\' -> escape();
            case '*', '+', '?' -> throw error("nothing to repeat");
            default -> new Syntax.Chars(CharSet.of(c));
        };
    }

    private Syntax group() {
        if (!take('?')) {
            return closed(choice());
        }
        if (take(':')) {
            return closed(choice());
        }
        if (take('=')) {
            return new Syntax.Lookahead(closed(choice()), false);
        }
        if (take('!')) {
            return new Syntax.Lookahead(closed(choice()), true);
        }
        if (take('<')) {
            if (at < text.length && (text[at] == '=' || text[at] == '!')) {
                throw error("lookbehind is not supported");
            }
            while (at < text.length && text[at] != '>') {
                at++;
            }
            if (!take('>')) {
                throw error("group name is not closed");
            }
            return closed(choice());
        }
        throw error("unknown kind of group");
    }

    private Syntax closed(Syntax body) {
        if (!take(')')) {
            throw error("group is not closed");
        }
        return body;
    }

    private Syntax escape() {
        if (at >= text.length) {
            throw error("pattern ends in a backslash");
        }
        int c = text[at];
        if (c == 'b' || c == 'B') {
            at++;
            return new Syntax.WordBoundary(c == 'B');
        }
        if (c >= '1' && c <= '9' || c == 'k') {
            throw error("back-references are not regular and not supported");
        }
        return new Syntax.Chars(CharEscapes.set(this));
    }

    private CharSet charClass() {
        boolean negative = take('^');
        CharSet set = CharSet.NONE;
        while (true) {
            if (at >= text.length) {
                throw error("character class is not closed");
            }
            if (take(']')) {
                return negative ? set.not() : set;
            }
            CharSet first = classAtom();
            boolean isRange = at + 1 < text.length && text[at] == '-' && text[at + 1] != ']';
            if (!isRange) {
                set = set.or(first);
                continue;
            }
            at++;
            CharSet last = classAtom();
            if (isSingle(first) && isSingle(last)) {
                if (first.ranges()[0] > last.ranges()[0]) {
                    throw error("range in a character class is out of order");
                }
                set = set.or(CharSet.range(first.ranges()[0], last.ranges()[0]));
            } else { // Annex B: [\w-.] is \w, - and .
                set = set.or(first).or(CharSet.of('-')).or(last);
            }
        }
    }

    private static boolean isSingle(CharSet set) {
        return set.ranges().length == 2 && set.ranges()[0] == set.ranges()[1];
    }

    private CharSet classAtom() {
        int c = text[at++];
        if (c != '\\') {
            return CharSet.of(c);
        }
        if (at >= text.length) {
            throw error("pattern ends in a backslash");
        }
        if (take('b')) {
            return CharSet.of('\b');
        }
        return CharEscapes.set(this);
    }

    boolean take(int c) {
        if (at < text.length && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** The next code point, consumed. */
    int next() {
        if (at >= text.length) {
            throw error("pattern ends within an escape");
        }
        return text[at++];
    }

    /** Hexadecimal digits, consumed if all are there, else -1 and nothing consumed. */
    int hex(int digits) {
        if (at + digits > text.length) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        at += digits;
        return value;
    }

    RegexException error(String message) {
        return new RegexException(message + " (position " + at + ")");
    }
}
