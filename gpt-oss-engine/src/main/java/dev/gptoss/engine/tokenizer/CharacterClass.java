package dev.gptoss.engine.tokenizer;

/** The character classes that the pre-split tells apart, as bits. */
final class CharacterClass {

    /** Lu, Lt, Lm, Lo and M: what may begin a word. */
    static final int UPPER = 1;

    /** Ll, Lm, Lo and M: what a word ends with. */
    static final int LOWER = 1 << 1;

    /** Any letter. Marks are in {@link #UPPER} and {@link #LOWER} but are no letters. */
    static final int LETTER = 1 << 2;

    /** Nd, Nl and No. */
    static final int NUMBER = 1 << 3;

    /** The Unicode property White_Space. */
    static final int SPACE = 1 << 4;

    /** CR and LF, which are also {@link #SPACE}. */
    static final int NEWLINE = 1 << 5;

    private static final byte[] BASIC_PLANE = new byte[0x10000];

    static {
        for (int point = 0; point < BASIC_PLANE.length; point++) {
            BASIC_PLANE[point] = (byte) classify(point);
        }
    }

    private CharacterClass() {}

    /** The class bits of a code point; 0 for punctuation, symbols, controls and unassigned ones. */
    static int of(int codePoint) {
        return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : classify(codePoint);
    }

    private static int classify(int point) {
        return switch (Character.getType(point)) {
            case Character.LOWERCASE_LETTER -> LETTER | LOWER;
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | UPPER | LOWER;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                UPPER | LOWER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default ->
                point == '\r' || point == '\n'
                        ? SPACE | NEWLINE
                        : point >= 0x09 && point <= 0x0D || point == 0x85 ? SPACE : 0;
        };
    }
}
