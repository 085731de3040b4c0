package dev.gptoss.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamingDecoderTests {

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @ParameterizedTest
    @EnumSource
    void piecesJoinedAreTheWholeText(StreamingDecoder.IllFormed illFormed) {
        Random random = new Random(10);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            int[] ids = IntStream.generate(() -> random.nextInt(random.nextBoolean() ? 256 : SpecialTokens.FIRST))
                    .limit(random.nextInt(30))
                    .toArray();
            assertThat(stream(ids, illFormed)).isEqualTo(tokenizer.decode(ids));
        }
    }

    @Test
    void replacementCountsMaximalSubparts() {
        Random random = new Random(11);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            int[] ids = IntStream.generate(() -> random.nextInt(256)).limit(12).toArray();
            byte[] bytes = tokenizer.decodeBytes(ids);
            if (!holdsSurrogate(bytes)) { // the JDK takes an encoded surrogate for one error
                assertThat(tokenizer.decode(ids)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void noPieceEndsInsideACodePoint() {
        RandomText texts = new RandomText(12);
        for (int i = 0; i < RandomText.STRINGS; i++) {
            String text = texts.next();
            StreamingDecoder decoder = tokenizer.streamingDecoder();
            StringBuilder joined = new StringBuilder();
            for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
                String piece = decoder.accept(idOf(one));
                assertThat(piece.codePoints()).noneMatch(point -> point >= 0xD800 && point < 0xE000);
                joined.append(piece);
            }
            assertThat(decoder.pendingBytes()).isZero();
            assertThat(joined).hasToString(text);
        }
    }

    @Test
    void referenceDecoderHoldsBackWhatFollowsAnError() {
        StreamingDecoder decoder = tokenizer.streamingDecoder(StreamingDecoder.IllFormed.ONE_PER_TOKEN);
        assertThat(decoder.accept(9552)).isEqualTo(" ");
        assertThat(decoder.accept(9552)).isEqualTo("\uFFFD");
        assertThat(decoder.accept(525)).isEqualTo(" \uFFFD");
        assertThat(decoder.finish()).isEqualTo("ok");
    }

    @Test
    void unknownIdLeavesTheDecoderAsItWas() {
        StreamingDecoder decoder = tokenizer.streamingDecoder();
        decoder.accept(9552);
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.accept(-1));
        assertThat(decoder.pendingBytes()).isEqualTo(2);
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.finish()).isEmpty();
    }

    private String stream(int[] ids, StreamingDecoder.IllFormed illFormed) {
        StreamingDecoder decoder = tokenizer.streamingDecoder(illFormed);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.accept(id));
        }
        return text.append(decoder.finish()).toString();
    }

    private int idOf(byte one) {
        return IntStream.range(0, 256)
                .filter(id -> tokenizer.bytes(id)[0] == one)
                .findFirst()
                .orElseThrow();
    }

    private static boolean holdsSurrogate(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xFF) >= 0xA0) {
                return true;
            }
        }
        return false;
    }
}
