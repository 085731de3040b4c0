package dev.gptoss.engine.schema.regex;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** Escapes of ECMA-262 that stand for a set of code points. */
final class CharEscapes {

    private static final Map<String, CharSet> PROPERTIES = new ConcurrentHashMap<>();

    private CharEscapes() {}

    /** Parses what follows a backslash. */
    static CharSet set(PatternParser parser) {
        int c = parser.next();
        return switch (c) {
            case 'd' -> CharSet.DIGIT;
            case 'D' -> CharSet.DIGIT.not();
            case 'w' -> CharSet.WORD;
            case 'W' -> CharSet.WORD.not();
            case 's' -> CharSet.SPACE;
            case 'S' -> CharSet.SPACE.not();
            case 't' -> CharSet.of('\t');
            case 'n' -> CharSet.of('\n');
            case 'v' -> CharSet.of(0x0B);
            case 'f' -> CharSet.of('\f');
            case 'r' -> CharSet.of('\r');
            case '0' -> CharSet.of(0);
            case 'c' -> CharSet.of(parser.next() & 31);
            case 'x' -> hex(parser, 2);
            case 'u' -> unicode(parser);
            case 'p' -> property(parser);
            case 'P' -> property(parser).not();
            case 'A', 'Z', 'z', 'G', 'Q', 'E', 'h', 'H', 'R', 'X' ->
                throw parser.error("escape \\" + (char) c + " is not ECMA-262");
            default -> CharSet.of(c);
        };
    }

    private static CharSet hex(PatternParser parser, int digits) {
        int value = parser.hex(digits);
        if (value < 0) {
            throw parser.error("escape needs " + digits + " hexadecimal digits");
        }
        return CharSet.of(value);
    }

    private static CharSet unicode(PatternParser parser) {
        if (parser.take('{')) {
            int value = 0;
            while (!parser.take('}')) {
                int digit = Character.digit(parser.next(), 16);
                value = value * 16 + digit;
                if (digit < 0 || value > Character.MAX_CODE_POINT) {
                    throw parser.error("malformed \\u{...}");
                }
            }
            return CharSet.of(value);
        }
        int high = parser.hex(4);
        if (high < 0) {
            throw parser.error("escape needs 4 hexadecimal digits");
        }
        if (!Character.isSurrogate((char) high)) {
            return CharSet.of(high);
        }
        int low = parser.take('\\') && parser.take('u') ? parser.hex(4) : -1;
        if (low < 0 || !Character.isSurrogatePair((char) high, (char) low)) {
            throw parser.error("lone surrogate in pattern");
        }
        return CharSet.of(Character.toCodePoint((char) high, (char) low));
    }

    private static CharSet property(PatternParser parser) {
        StringBuilder name = new StringBuilder();
        if (!parser.take('{')) {
            throw parser.error("\\p needs a name in braces");
        }
        while (!parser.take('}')) {
            name.appendCodePoint(parser.next());
        }
        try {
            return PROPERTIES.computeIfAbsent(name.toString(), CharEscapes::compute);
        } catch (IllegalArgumentException e) {
            throw parser.error("unknown Unicode property '" + name + "'");
        }
    }

    private static CharSet compute(String name) {
        int equals = name.indexOf('=');
        String key = equals < 0 ? "" : name.substring(0, equals);
        String value = name.substring(equals + 1);
        return switch (key) {
            case "Script", "sc", "Script_Extensions", "scx" -> {
                Character.UnicodeScript script = Character.UnicodeScript.forName(value);
                yield where(c -> Character.UnicodeScript.of(c) == script);
            }
            case "", "General_Category", "gc" -> category(value);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static CharSet category(String name) {
        return switch (name) {
            case "L", "Letter" -> where(Character::isLetter);
            case "Lu", "Uppercase_Letter" -> ofType(Character.UPPERCASE_LETTER);
            case "Ll", "Lowercase_Letter" -> ofType(Character.LOWERCASE_LETTER);
            case "Lt", "Titlecase_Letter" -> ofType(Character.TITLECASE_LETTER);
            case "Lm", "Modifier_Letter" -> ofType(Character.MODIFIER_LETTER);
            case "Lo", "Other_Letter" -> ofType(Character.OTHER_LETTER);
            case "N", "Number" ->
                ofType(Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER);
            case "Nd", "Decimal_Number", "digit" -> ofType(Character.DECIMAL_DIGIT_NUMBER);
            case "Nl", "Letter_Number" -> ofType(Character.LETTER_NUMBER);
            case "No", "Other_Number" -> ofType(Character.OTHER_NUMBER);
            case "M", "Mark" ->
                ofType(Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK);
            case "Mn", "Nonspacing_Mark" -> ofType(Character.NON_SPACING_MARK);
            case "P", "Punctuation" ->
                ofType(
                        Character.CONNECTOR_PUNCTUATION,
                        Character.DASH_PUNCTUATION,
                        Character.START_PUNCTUATION,
                        Character.END_PUNCTUATION,
                        Character.INITIAL_QUOTE_PUNCTUATION,
                        Character.FINAL_QUOTE_PUNCTUATION,
                        Character.OTHER_PUNCTUATION);
            case "S", "Symbol" ->
                ofType(
                        Character.MATH_SYMBOL,
                        Character.CURRENCY_SYMBOL,
                        Character.MODIFIER_SYMBOL,
                        Character.OTHER_SYMBOL);
            case "Z", "Separator" ->
                ofType(Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);
            case "Zs", "Space_Separator" -> ofType(Character.SPACE_SEPARATOR);
            case "Cc", "Control" -> ofType(Character.CONTROL);
            case "Alphabetic", "Alpha" -> where(Character::isAlphabetic);
            case "Ideographic" -> where(Character::isIdeographic);
            case "Any" -> CharSet.ANY;
            case "ASCII" -> CharSet.range(0, 127);
            case "White_Space", "space" ->
                CharSet.SPACE.and(CharSet.of(0xFEFF).not()).or(CharSet.of(0x85));
            default -> throw new IllegalArgumentException(name.toLowerCase(Locale.ROOT));
        };
    }

    private static CharSet ofType(byte... types) {
        return where(c -> {
            int type = Character.getType(c);
            for (byte wanted : types) {
                if (type == wanted) {
                    return true;
                }
            }
            return false;
        });
    }

    private static CharSet where(IntPredicate predicate) {
        int[] pairs = new int[4096];
        int size = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (predicate.test(c)) {
                if (size + 2 > pairs.length) {
                    pairs = java.util.Arrays.copyOf(pairs, pairs.length * 2);
                }
                pairs[size++] = c;
                while (c < Character.MAX_CODE_POINT && predicate.test(c + 1)) {
                    c++;
                }
                pairs[size++] = c;
            }
        }
        return CharSet.ofRanges(java.util.Arrays.copyOf(pairs, size));
    }
}
