package dev.gptoss.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors; see PROVENANCE.md of the test resources. */
class TokenizerVectorTests {

    private static final JsonNode VECTORS = read();

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @ParameterizedTest
    @MethodSource
    void ordinaryTextEncodesToTheRecordedIds(JsonNode vector) {
        assertThat(tokenizer.encode(vector.get("text").asString())).isEqualTo(ids(vector));
        assertThat(tokenizer.decode(ids(vector))).isEqualTo(vector.get("text").asString());
    }

    static Stream<Named<JsonNode>> ordinaryTextEncodesToTheRecordedIds() {
        return Stream.concat(vectors("encode_ordinary"), vectors("encode_ordinary_edge"));
    }

    @ParameterizedTest
    @MethodSource("ordinaryTextEncodesToTheRecordedIds")
    void ordinaryTextSplitsIntoTheRecordedPieces(JsonNode vector) {
        assertThat(SplitterTests.pieces(vector.get("text").asString()))
                .isEqualTo(vector.get("pieces")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource
    void specialTextEncodesToSpecialIdsWhenAsked(JsonNode vector) {
        String text = vector.get("text").asString();
        assertThat(tokenizer.encode(text, SpecialText.AS_SPECIAL)).isEqualTo(ids(vector));
        assertThat(Arrays.stream(tokenizer.encode(text)).noneMatch(tokenizer::isSpecial))
                .isTrue();
    }

    static Stream<Named<JsonNode>> specialTextEncodesToSpecialIdsWhenAsked() {
        return vectors("encode_with_special");
    }

    @ParameterizedTest
    @MethodSource
    void idsDecodeToTheRecordedBytesAndText(JsonNode vector) {
        assertThat(HexFormat.of().formatHex(tokenizer.decodeBytes(ids(vector))))
                .isEqualTo(vector.get("bytes_hex").asString());
        assertThat(tokenizer.decode(ids(vector)))
                .isEqualTo(vector.get("text_replace").asString());
    }

    static Stream<Named<JsonNode>> idsDecodeToTheRecordedBytesAndText() {
        return vectors("decode");
    }

    private static Stream<Named<JsonNode>> vectors(String kind) {
        return VECTORS.get(kind)
                .valueStream()
                .map(vector -> Named.of(vector.get("name").asString(), vector));
    }

    private static int[] ids(JsonNode vector) {
        return vector.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static JsonNode read() {
        try (InputStream file = TokenizerVectorTests.class.getResourceAsStream("/vectors/tokenizer.json")) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
