package dev.gptoss.engine.tokenizer;

import static dev.gptoss.engine.tokenizer.CharacterClass.LETTER;
import static dev.gptoss.engine.tokenizer.CharacterClass.LOWER;
import static dev.gptoss.engine.tokenizer.CharacterClass.NEWLINE;
import static dev.gptoss.engine.tokenizer.CharacterClass.NUMBER;
import static dev.gptoss.engine.tokenizer.CharacterClass.SPACE;
import static dev.gptoss.engine.tokenizer.CharacterClass.UPPER;

/**
 * Cuts well-formed UTF-8 into the pieces that byte pairs are merged within. It gives what the published regular
 * expression gives, one alternative after the other, without a regex engine and without backtracking:
 *
 * <pre>
 * 1  [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * 2  [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 * 3  \p{N}{1,3}
 * 4   ?[^\s\p{L}\p{N}]+[\r\n/]*
 * 5  \s*[\r\n]+
 * 6  \s+(?!\S)
 * 7  \s+
 * </pre>
 */
final class Splitter {

    private static final int NO_WORD = Integer.MIN_VALUE;

    private final byte[] bytes;
    private final int end;

    /**
     * @param bytes well-formed UTF-8
     * @param end number of bytes that count
     */
    Splitter(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** End of the piece that starts at a position before the end. */
    int pieceEnd(int start) {
        int first = classAt(start);
        int second = start + Utf8.length(bytes[start]);
        int word = wordEnd(start, first, second);
        if (word >= 0) {
            return contractionEnd(word);
        }
        if ((first & NUMBER) != 0) {
            return numberEnd(second);
        }
        int mark = bytes[start] == ' ' ? second : start;
        if (mark < end && (classAt(mark) & (LETTER | NUMBER | SPACE)) == 0) {
            return punctuationEnd(mark);
        }
        return spaceEnd(start);
    }

    /** Alternatives 1 and 2 without the contraction, or a negative number. */
    private int wordEnd(int start, int first, int second) {
        int afterLead = NO_WORD;
        if ((first & (LETTER | NUMBER | NEWLINE)) == 0 && second < end) {
            afterLead = wordFrom(second);
            if (afterLead >= 0) {
                return afterLead;
            }
        }
        int atStart = (first & (UPPER | LOWER)) != 0 ? wordFrom(start) : NO_WORD;
        if (atStart >= 0) {
            return atStart;
        }
        return afterLead != NO_WORD && ~afterLead > second ? ~afterLead : atStart != NO_WORD ? ~atStart : NO_WORD;
    }

    /**
     * A word without lead: upper run, then lower run.
     *
     * @return the end of alternative 1, or the complement of the end of the upper run where it does not match
     */
    private int wordFrom(int start) {
        int at = start;
        int afterLastBoth = -1;
        while (at < end) {
            int kind = classAt(at);
            if ((kind & UPPER) == 0) {
                if ((kind & LOWER) != 0) {
                    return lowerEnd(at);
                }
                break;
            }
            at += Utf8.length(bytes[at]);
            if ((kind & LOWER) != 0) {
                afterLastBoth = at;
            }
        }
        // the upper run gives back characters until a lower run of at least one, here exactly one, can follow
        return afterLastBoth >= 0 ? afterLastBoth : ~at;
    }

    private int lowerEnd(int start) {
        int at = start;
        while (at < end && (classAt(at) & LOWER) != 0) {
            at += Utf8.length(bytes[at]);
        }
        return at;
    }

    /** Skips 's 't 're 've 'm 'll 'd in any case; U+017F is a case variant of s. */
    private int contractionEnd(int at) {
        if (at + 1 >= end || bytes[at] != '\'') {
            return at;
        }
        int next = at + 2 < end ? bytes[at + 2] | 0x20 : 0;
        return switch (bytes[at + 1] | 0x20) {
            case 's', 't', 'm', 'd' -> at + 2;
            case 'r', 'v' -> next == 'e' ? at + 3 : at;
            case 'l' -> next == 'l' ? at + 3 : at;
            default -> bytes[at + 1] == (byte) 0xC5 && at + 2 < end && bytes[at + 2] == (byte) 0xBF ? at + 3 : at;
        };
    }

    private int numberEnd(int second) {
        int at = second;
        for (int digits = 1; digits < 3 && at < end && (classAt(at) & NUMBER) != 0; digits++) {
            at += Utf8.length(bytes[at]);
        }
        return at;
    }

    private int punctuationEnd(int start) {
        int at = start;
        while (at < end && (classAt(at) & (LETTER | NUMBER | SPACE)) == 0) {
            at += Utf8.length(bytes[at]);
        }
        while (at < end && (bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == '/')) {
            at++;
        }
        return at;
    }

    private int spaceEnd(int start) {
        int at = start;
        int last = start;
        int afterNewline = -1;
        while (at < end) {
            int kind = classAt(at);
            if ((kind & SPACE) == 0) {
                break;
            }
            last = at;
            at += Utf8.length(bytes[at]);
            if ((kind & NEWLINE) != 0) {
                afterNewline = at;
            }
        }
        if (afterNewline >= 0) {
            return afterNewline;
        }
        return at == end || last == start ? at : last;
    }

    private int classAt(int at) {
        return CharacterClass.of(Utf8.codePoint(bytes, at));
    }
}
