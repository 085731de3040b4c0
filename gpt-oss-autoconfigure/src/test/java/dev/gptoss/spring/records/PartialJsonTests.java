package dev.gptoss.spring.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PartialJsonTests {

    private static final String WHOLE =
            "{\"a\\n\\u00e9\":\"x \\\"y\\\" \\\\ \\u00e9z\",\"b\":[1,-2.5e3,true,null,{\"c\":[]},[\"d\"]],\"e\":{}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{ | {}",
                "{\"a | {}",
                "{\"a\" | {}",
                "{\"a\": | {}",
                "{\"a\":\"x | {\"a\":\"x\"}",
                "{\"a\":\"x\\ | {\"a\":\"x\"}",
                "{\"a\":\"x\\u00 | {\"a\":\"x\"}",
                "{\"a\":1 | {}",
                "{\"a\":1, | {\"a\":1}",
                "{\"a\":tru | {}",
                "[1,2 | [1]",
                "[{\"a\":[ | [{\"a\":[]}]",
                "[\"a\",\"b | [\"a\",\"b\"]",
            })
    void beginningIsTheValueSoFar(String text, String expected) {
        assertThat(PartialJson.read(text)).isEqualTo(JsonMapper.shared().readTree(expected));
    }

    @Test
    void nothingIsNothing() {
        assertThat(PartialJson.read("")).isNull();
        assertThat(PartialJson.read("  ")).isNull();
        assertThat(PartialJson.read("4")).isNull();
    }

    @Test
    void everyBeginningOfAValueReadsAndTheEndIsTheValue() {
        for (int end = 1; end < WHOLE.length(); end++) {
            JsonNode node = PartialJson.read(WHOLE.substring(0, end));
            assertThat(node).as(WHOLE.substring(0, end)).isNotNull();
            assertThat(node.isObject()).isTrue();
        }
        assertThat(PartialJson.read(WHOLE)).isEqualTo(JsonMapper.shared().readTree(WHOLE));
    }
}
