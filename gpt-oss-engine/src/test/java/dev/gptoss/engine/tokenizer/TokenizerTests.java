package dev.gptoss.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTests {

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @Test
    void hasARowForEveryIdOfTheModel() {
        assertThat(tokenizer.size()).isEqualTo(201_088);
    }

    @Test
    void singleBytesHaveTheFirstIdsInByteLevelOrder() {
        assertThat(tokenizer.bytes(0)).containsExactly('!');
        assertThat(tokenizer.bytes(188)).containsExactly(0);
        assertThat(tokenizer.bytes(198)).containsExactly('\n');
        assertThat(tokenizer.bytes(220)).containsExactly(' ');
        assertThat(tokenizer.bytes(255)).containsExactly(0xAD);
    }

    @Test
    void longestTokenHas128Bytes() {
        int longest = 0;
        for (int id = 0; id < SpecialTokens.FIRST; id++) {
            longest = Math.max(longest, tokenizer.byteLength(id));
        }
        assertThat(longest).isEqualTo(RankTable.LONGEST);
    }

    @Test
    void everyTokenIsFoundByItsBytes() {
        RankTable table = RankFile.o200kBase();
        byte[] padded = new byte[RankTable.LONGEST + RankTable.PADDING];
        for (int id = 0; id < SpecialTokens.FIRST; id++) {
            Arrays.fill(padded, (byte) id);
            table.copy(id, padded, 0);
            if (table.find(padded, 0, table.length(id)) != id) {
                assertThat(table.find(padded, 0, table.length(id))).isEqualTo(id);
            }
        }
    }

    @Test
    void encodedTextDecodesToItself() {
        RandomText texts = new RandomText(6);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            String text = texts.next();
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            assertThat(tokenizer.decodeStrictly(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void loneSurrogatesAreEncodedAsReplacementCharacter() {
        assertThat(tokenizer.encode("a\uD800b\uDC00\uD83D")).isEqualTo(tokenizer.encode("a\uFFFDb\uFFFD\uFFFD"));
        RandomText texts = new RandomText(7);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            String text = texts.nextWithLoneSurrogates();
            String whole = text.codePoints()
                    .map(point -> point >= 0xD800 && point < 0xE000 ? 0xFFFD : point)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(tokenizer.encode(text)).isEqualTo(tokenizer.encode(whole));
        }
    }

    @Test
    void ordinaryTextNeverYieldsSpecialIds() {
        for (int id = SpecialTokens.FIRST; id < tokenizer.size(); id++) {
            int[] ids = tokenizer.encode(SpecialTokens.text(id));
            assertThat(Arrays.stream(ids).noneMatch(tokenizer::isSpecial)).isTrue();
        }
    }

    @Test
    void onlyAllowedSpecialTextBecomesSpecial() {
        int[] ids = tokenizer.encodeWithSpecial("<|start|>user<|end|>", Set.of("<|start|>"));
        assertThat(ids).isEqualTo(new int[] {200006, 1428, 27, 91, 419, 91, 29});
    }

    @Test
    void bothNamesOfEndOfPromptAreAllowed() {
        assertThat(tokenizer.encode("<|endofprompt|><|reserved_200018|>", SpecialText.AS_SPECIAL))
                .containsExactly(200018, 200018);
        assertThat(tokenizer.decode(200018)).isEqualTo("<|reserved_200018|>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<|reserved_200006|>", "<|reserved_201088|>", "<|reserved_000000|>", "<|nonsense|>", "<|<|>"})
    void textOfNoRowStaysText(String text) {
        assertThat(tokenizer.encode(text, SpecialText.AS_SPECIAL)).isEqualTo(tokenizer.encode(text));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.encodeWithSpecial("", Set.of(text)))
                .withMessageContaining(text);
    }

    @Test
    void markerBehindAHalfMarkerIsFound() {
        assertThat(tokenizer.encode("<|<|end|>", SpecialText.AS_SPECIAL)).containsExactly(27, 91, 200007);
    }

    @Test
    void rejectionNamesTheMarkerAndItsPlace() {
        assertThat(tokenizer.encode("fine", SpecialText.REJECT)).isEqualTo(tokenizer.encode("fine"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.encode("ab<|call|>", SpecialText.REJECT))
                .withMessageContaining("<|call|>")
                .withMessageContaining("character 2");
    }

    @ParameterizedTest
    @CsvSource({"201088, <|reserved_201088|>", "200013, <|reserved_200013|>", "199998, <|startoftext|>"})
    void specialIdsDecodeToTheirText(int id, String text) {
        assertThat(tokenizer.decode(id)).isEqualTo(text);
        assertThat(new String(tokenizer.bytes(id), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(tokenizer.isSpecial(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 201_089, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void unknownIdsAreErrors(int id) {
        assertThat(tokenizer.isKnown(id)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.bytes(id))
                .withMessage("Invalid token for decoding: " + id);
        assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.decode(64, id));
    }

    @Test
    void strictDecodingNamesTheFirstIllFormedByte() {
        assertThatThrownBy(() -> tokenizer.decodeStrictly(64, 9552, 64))
                .isInstanceOfSatisfying(
                        IllFormedTextException.class,
                        e -> assertThat(e.position()).isEqualTo(2));
    }

    @Test
    void neverSampledIdsAreThoseWithoutARole() {
        int sampled = 0;
        for (int id = 0; id < tokenizer.size(); id++) {
            sampled += SpecialTokens.isNeverSampled(id) ? 0 : 1;
        }
        assertThat(sampled).isEqualTo(SpecialTokens.FIRST + 8);
        assertThat(SpecialTokens.isNeverSampled(200011)).isTrue();
        assertThat(SpecialTokens.isNeverSampled(200012)).isFalse();
    }
}
