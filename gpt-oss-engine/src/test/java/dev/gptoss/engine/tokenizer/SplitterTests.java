package dev.gptoss.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SplitterTests {

    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LEAD = "[^\\r\\n\\p{L}\\p{N}]?";
    private static final String CONTRACTION = "(?iu:'s|'t|'re|'ve|'m|'ll|'d)?";
    private static final Pattern PUBLISHED = Pattern.compile(
            String.join(
                    "|",
                    LEAD + UPPER + "*" + LOWER + "+" + CONTRACTION,
                    LEAD + UPPER + "+" + LOWER + "*" + CONTRACTION,
                    "\\p{N}{1,3}",
                    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
                    "\\s*[\\r\\n]+",
                    "\\s+(?!\\S)",
                    "\\s+"),
            Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void splitsLikeThePublishedExpression() {
        RandomText texts = new RandomText(5);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            String text = texts.next();
            List<String> expected =
                    PUBLISHED.matcher(text).results().map(MatchResult::group).toList();
            assertThat(pieces(text)).as("pieces of %s", text).isEqualTo(expected);
        }
    }

    @Test
    void everyCodePointSplitsLikeThePublishedExpression() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = " a" + Character.toString(point) + "B ";
                List<String> expected = PUBLISHED
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .toList();
                if (!pieces(text).equals(expected)) {
                    assertThat(pieces(text)).as("U+%04X", point).isEqualTo(expected);
                }
            }
        }
    }

    static List<String> pieces(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Splitter splitter = new Splitter(bytes, bytes.length);
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = splitter.pieceEnd(at);
            pieces.add(new String(bytes, at, end - at, StandardCharsets.UTF_8));
            at = end;
        }
        return pieces;
    }
}
