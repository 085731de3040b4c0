package dev.gptoss.engine.tokenizer;

/** UTF-8 to the letter: lone surrogates become U+FFFD, and ill-formed bytes are told apart by maximal subpart. */
final class Utf8 {

    static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * Bytes that a part of a text encodes to.
     *
     * @throws ArithmeticException if they are more than an array holds
     */
    static int length(String text, int from, int to) {
        int twice = 0; // chars of two bytes or more
        int thrice = 0; // chars of three bytes; a surrogate pair is two chars of two bytes
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                twice++;
                if (c >= 0x800) {
                    thrice += isPaired(text, i, from, to) ? 0 : 1;
                }
            }
        }
        return Math.toIntExact((long) to - from + twice + thrice);
    }

    private static boolean isPaired(String text, int i, int from, int to) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && i > from && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /**
     * Encodes a text; a lone surrogate becomes U+FFFD, where {@code String.getBytes} would write a question mark.
     *
     * @param into room for {@link #length} bytes
     * @return the number of bytes written
     */
    static int encode(String text, int from, int to, byte[] into) {
        int at = 0;
        int i = from;
        while (i < to) {
            char c = text.charAt(i++);
            if (c < 0x80) {
                into[at++] = (byte) c;
            } else if (c < 0x800) {
                into[at++] = (byte) (0xC0 | c >> 6);
                into[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i < to && Character.isLowSurrogate(text.charAt(i))) {
                int point = Character.toCodePoint(c, text.charAt(i++));
                into[at++] = (byte) (0xF0 | point >> 18);
                into[at++] = (byte) (0x80 | point >> 12 & 0x3F);
                into[at++] = (byte) (0x80 | point >> 6 & 0x3F);
                into[at++] = (byte) (0x80 | point & 0x3F);
            } else {
                char whole = Character.isSurrogate(c) ? REPLACEMENT : c;
                into[at++] = (byte) (0xE0 | whole >> 12);
                into[at++] = (byte) (0x80 | whole >> 6 & 0x3F);
                into[at++] = (byte) (0x80 | whole & 0x3F);
            }
        }
        return at;
    }

    /**
     * Looks at the sequence that starts at a position.
     *
     * @return its length if well-formed; minus the length of its maximal ill-formed subpart if ill-formed; 0 if the
     *     bytes end before it is decided
     */
    static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        for (int i = 1; i < length; i++) {
            if (at + i == end) {
                return 0;
            }
            int trail = bytes[at + i] & 0xFF;
            int low = i > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int high = i > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (trail < low || trail > high) {
                return -i;
            }
        }
        return length;
    }

    /** The code point of a well-formed sequence. */
    static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        int first = bytes[at + 1] & 0x3F;
        if ((lead & 0xE0) == 0xC0) {
            return (lead & 0x1F) << 6 | first;
        }
        int second = bytes[at + 2] & 0x3F;
        if ((lead & 0xF0) == 0xE0) {
            return (lead & 0x0F) << 12 | first << 6 | second;
        }
        return (lead & 0x07) << 18 | first << 12 | second << 6 | bytes[at + 3] & 0x3F;
    }

    /** Bytes of a well-formed sequence, told by its lead byte. */
    static int length(byte lead) {
        return lead >= 0 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    }
}
