package dev.gptoss.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMatcherTests {

    private static final String PERSON = """
            {"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},
             "tags":{"type":"array","items":{"type":"string"}}},"required":["name","age"],"additionalProperties":false}""";

    /** What the tokens of a draft say, each of them permitted. */
    private static String draft(SchemaMatcher matcher) {
        SchemaMatcher at = matcher.fork();
        StringBuilder text = new StringBuilder();
        for (int token : matcher.draft()) {
            at.accept(token);
            text.append(new String(Schemas.VOCABULARY.bytes(token), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static SchemaMatcher after(CompiledSchema schema, String text) {
        SchemaMatcher matcher = schema.matcher();
        for (int token : Schemas.VOCABULARY.encode(text)) {
            matcher.accept(token);
        }
        return matcher;
    }

    @Test
    void keysComeInAnyOrderAndOnceEach() {
        assertThat(Schemas.accepts(PERSON, "{\"age\":1,\"name\":\"a\"}")).isTrue();
        assertThat(Schemas.accepts(PERSON, "{\"name\":\"a\",\"age\":1,\"name\":\"b\"}"))
                .isFalse();
        assertThat(Schemas.accepts("{}", "{\"x\":1,\"x\":2}")).isFalse();
        assertThat(Schemas.accepts("{}", "{\"x\":1,\"xy\":2,\"y\":{\"x\":3}}")).isTrue();
    }

    @Test
    void schemaOrderIsKeptWhereItIsAskedFor() {
        CompiledSchema ordered = Schemas.COMPILER.compile(
                PERSON, new SchemaOptions(SchemaOptions.PropertyOrder.SCHEMA, SchemaOptions.Whitespace.COMPACT));
        assertThat(Schemas.accepts(ordered, "{\"name\":\"a\",\"age\":1,\"tags\":[]}"))
                .isTrue();
        assertThat(Schemas.accepts(ordered, "{\"name\":\"a\",\"age\":1}")).isTrue();
        assertThat(Schemas.accepts(ordered, "{\"age\":1,\"name\":\"a\"}")).isFalse();
    }

    @Test
    void whitespaceIsBoundedWhereItIsPermitted() {
        CompiledSchema spaced = Schemas.COMPILER.compile(
                PERSON, new SchemaOptions(SchemaOptions.PropertyOrder.ANY, SchemaOptions.Whitespace.FLEXIBLE));
        assertThat(Schemas.accepts(spaced, "{\n  \"name\": \"a\",\n  \"age\": 1\n}"))
                .isTrue();
        assertThat(Schemas.accepts(spaced, "{\"name\":\"a\",\"age\":1}")).isTrue();
        assertThat(Schemas.accepts(spaced, "{\"name\":  \"a\",\"age\":1}")).isFalse();
        assertThat(Schemas.accepts(spaced, "{\n\n\"name\":\"a\",\"age\":1}")).isFalse();
        assertThat(Schemas.accepts(PERSON, "{ \"name\":\"a\",\"age\":1}")).isFalse();
    }

    @Test
    void theEndIsPermittedExactlyAtACompleteInstance() {
        CompiledSchema schema = Schemas.compile("{\"type\":[\"integer\",\"object\"]}");
        assertThat(after(schema, "12").mayEnd()).isTrue();
        assertThat(after(schema, "12").mustEnd()).isFalse();
        assertThat(after(schema, "{").mayEnd()).isFalse();
        assertThat(after(schema, "{}").mustEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // PERSON | text so far | what is foreseen
                "|{\"name\":\"",
                "{|\"name\":\"",
                "{\"|name\":\"",
                "{\"na|me\":\"",
                "{\"a|ge\":",
                "{\"name\":\"a\",\"|age\":",
                "{\"name\":\"a\"|,\"age\":",
                "{\"age\":1,\"|",
                "{\"name\":\"a|",
                "{\"age\":1|",
                "{\"name\":\"a\",\"age\":1|"
            })
    void keysAreForeseenInTheOrderOfTheSchema(@Nullable String before, @Nullable String foreseen) {
        SchemaMatcher matcher = after(Schemas.compile(PERSON), before == null ? "" : before);
        assertThat(draft(matcher)).isEqualTo(foreseen == null ? "" : foreseen);
    }

    @Test
    void textIsForeseenAsFarAsValuesAreDecided() {
        CompiledSchema order = Schemas.compile("""
                {"type":"object","properties":{"kind":{"const":"order"},"state":{"enum":["OPEN","CLOSED"]},
                "items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"},
                "note":{"type":["string","null"]}},"required":["sku","note"],"additionalProperties":false}},
                "tag":{"type":"string"}},"required":["kind","state","items"],"additionalProperties":false}""");
        assertThat(draft(order.matcher())).isEqualTo("{\"kind\":\"order\",\"state\":\"");
        assertThat(draft(after(order, "{\"kind\":\"order\",\"state\":\"CL")))
                .isEqualTo("OSED\",\"items\":[{\"sku\":\"");
        // null or a string: the colon could be one token with a quote
        assertThat(draft(after(order, "{\"items\":[{\"sku\":\"x\",\""))).isEqualTo("note");
        // an optional key or the end
        assertThat(draft(after(order, "{\"kind\":\"order\",\"state\":\"OPEN\",\"items\":[]")))
                .isEmpty();
        assertThat(draft(after(order, "{\"kind\":\"order\",\"state\":\"OPEN\",\"items\":[],\"tag\":\"x\"")))
                .isEqualTo("}");
    }

    @Test
    void maskOfOneTokenIsKnownAsSuch() {
        CompiledSchema date = Schemas.compile("{\"type\":\"string\",\"format\":\"date\"}");
        assertThat(after(date, "\"2025").onlyToken())
                .isEqualTo(Schemas.VOCABULARY.encode("-")[0]);
        assertThat(after(date, "\"2025-").onlyToken()).isEqualTo(-1);
        assertThat(after(date, "\"2025-01-02\"").onlyToken()).isEqualTo(-1);
    }

    @Test
    void aForkGoesItsOwnWay() {
        SchemaMatcher matcher = after(Schemas.compile(PERSON), "{\"name\":\"a\",");
        SchemaMatcher fork = matcher.fork();
        int quote = Schemas.VOCABULARY.encode("\"")[0];
        fork.accept(quote);
        assertThat(matcher.permits(quote)).isTrue();
        assertThat(fork.shortestCompletion()).asString(StandardCharsets.UTF_8).isEqualTo("age\":0}");
        assertThat(matcher.shortestCompletion())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"age\":0}");
    }

    @Test
    void aTokenThatIsNotPermittedLeavesTheStateAlone() {
        SchemaMatcher matcher = Schemas.compile(PERSON).matcher();
        int bracket = Schemas.VOCABULARY.encode("[")[0];
        assertThatIllegalArgumentException().isThrownBy(() -> matcher.accept(bracket));
        assertThat(matcher.permits(Schemas.VOCABULARY.encode("{")[0])).isTrue();
        assertThat(matcher.permits(199_999)).isFalse();
    }

    @Test
    void nestingEndsWhereReadersGiveUp() {
        CompiledSchema any = Schemas.compile("{}");
        assertThat(Schemas.accepts(any, "[".repeat(500) + "]".repeat(500))).isTrue();
        assertThat(Schemas.accepts(any, "[".repeat(501) + "]".repeat(501))).isFalse();
        SchemaMatcher deep = after(any, "{\"a\":".repeat(499));
        assertThat(deep.shortestCompletion()).hasSize(4 + 499);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'integer'} | 5.0 | true",
                "{'type':'integer'} | -123456789012345.0 | true",
                "{'type':'integer'} | 1234567890123456.0 | false",
                "{'type':'integer'} | 5.00 | false",
                "{'type':'integer'} | 5.5 | false",
                "{'type':'integer','minimum':3,'maximum':12} | 12.0 | true",
                "{'type':'integer','minimum':3,'maximum':12} | 13.0 | false",
                "{'type':'integer','multipleOf':4} | 8.0 | true",
                "{'type':'integer','multipleOf':4} | 6.0 | false",
                "{'type':'integer','format':'int32'} | 5.0 | false",
                "{'$schema':'http://json-schema.org/draft-04/schema#','type':'integer'} | 5.0 | false",
                "{'$schema':'http://json-schema.org/draft-04/schema#','type':'integer','enum':[5]} | 5.0 | false"
            })
    void integersMayEndInOneZeroWhereTheDialectCountsThem(String schema, String text, boolean isAccepted) {
        assertThat(Schemas.accepts(schema.replace('\'', '"'), text)).isEqualTo(isAccepted);
    }

    @Test
    void demandIsMetAlsoByTheOnlyKeyOfItsPattern() {
        String schema = "{\"type\":\"object\",\"not\":{\"patternProperties\":{\"^c$\":{\"const\":1}}}}";
        assertThat(Schemas.accepts(schema, "{\"b\":1,\"c\":2}")).isTrue();
        assertThat(Schemas.accepts(schema, "{\"b\":1,\"d\":1,\"c\":1}")).isFalse();
    }

    @Test
    void numbersStayShort() {
        assertThat(Schemas.accepts("{}", "1".repeat(100))).isTrue();
        assertThat(Schemas.accepts("{}", "1".repeat(1_001))).isFalse();
        assertThat(Schemas.accepts("{}", "1e999999")).isFalse();
    }

    @Test
    void freeStringsTakeEveryEscapeAndNoLoneSurrogate() {
        String schema = "{\"type\":\"string\",\"maxLength\":1}";
        assertThat(Schemas.accepts(schema, "\"\\u00e9\"")).isTrue();
        assertThat(Schemas.accepts(schema, "\"\\ud83d\\ude00\"")).isTrue();
        assertThat(Schemas.accepts(schema, "\"\\/\"")).isTrue();
        assertThat(Schemas.accepts(schema, "\"\\ud83d\"")).isFalse();
        assertThat(Schemas.accepts(schema, "\"\\ude00\"")).isFalse();
        assertThat(Schemas.accepts(schema, "\"a\\u0062\"")).isFalse();
    }

    /** Masks agree with single tokens, and every prefix has a way out. */
    @ParameterizedTest
    @ValueSource(ints = {0xC2, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF4})
    void partialCharactersGoOnAsUtf8Does(int first) {
        SchemaMatcher matcher = after(Schemas.compile("{\"type\":\"string\"}"), "\"a");
        long[] mask = new long[3_142];
        int permitted = 0;
        matcher.accept(byteToken(first));
        matcher.mask(mask);
        for (int b = 0x80; b < 0x100; b++) {
            int token = byteToken(b);
            byte[] last = {(byte) first, (byte) b, (byte) 0x80, (byte) 0x80};
            int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            boolean isUtf8 = new String(last, 0, length, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
            assertThat((mask[token >> 6] >> token & 1) != 0)
                    .as("%x %x", first, b)
                    .isEqualTo(isUtf8);
            assertThat(matcher.permits(token)).as("%x %x", first, b).isEqualTo(isUtf8);
            permitted += isUtf8 ? 1 : 0;
        }
        assertThat(permitted).isGreaterThan(15);
    }

    /** The token of one byte. */
    private static int byteToken(int wanted) {
        int token = 0;
        while (Schemas.VOCABULARY.bytes(token).length != 1
                || (Schemas.VOCABULARY.bytes(token)[0] & 0xFF) != wanted) {
            token++;
        }
        return token;
    }

    @Test
    void masksAgreeWithSingleTokensEverywhere() {
        CompiledSchema schema = Schemas.compile("""
                {"type":"object","properties":{"id":{"type":"string","pattern":"^[a-z]+-\\\\d{2}$"},
                 "kind":{"enum":["one","two"]},"more":{}},"required":["id"],
                 "patternProperties":{"^x":{"type":"array","items":{"enum":[1,2,3]},"uniqueItems":true}},
                 "additionalProperties":{"type":"integer"}}""");
        Random random = new Random(3);
        long[] mask = new long[3_142];
        for (int walk = 0; walk < (Schemas.FULL ? 100 : 10); walk++) {
            SchemaMatcher matcher = schema.matcher();
            byte[] text = Schemas.walk(schema, random, 40).getBytes(StandardCharsets.UTF_8);
            for (int token : Schemas.VOCABULARY.encode(new String(text, StandardCharsets.UTF_8))) {
                matcher.mask(mask);
                for (int i = 0; i < 500; i++) {
                    int other = random.nextInt(Schemas.VOCABULARY.size());
                    assertThat((mask[other >> 6] >> other & 1) != 0).isEqualTo(matcher.permits(other));
                }
                SchemaMatcher closing = matcher.fork();
                for (int close : closing.shortestClose()) {
                    closing.accept(close);
                }
                assertThat(closing.mayEnd()).isTrue();
                matcher.accept(token);
            }
        }
    }
}
