package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Corners that the published vectors do not reach. */
class SchemaTypeTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | any",
                "true | any",
                "{\"type\":null} | any",
                "{\"type\":[]} | any",
                "{\"type\":[1,null]} | any",
                "{\"type\":[\"integer\",\"null\",\"object\"]} | `number | null | object`",
                "{\"type\":\"null\"} | any",
                "{\"type\":\"string\",\"enum\":[]} | string",
                "{\"type\":\"string\",\"enum\":[1,\"a\\\"b\"]} | `\"a\"b\"`",
                "{\"type\":\"array\",\"items\":true} | any[]",
                "{\"type\":\"array\",\"items\":{\"type\":\"array\"}} | Array<any>[]",
                "{\"type\":\"object\",\"properties\":7} | `{\n}`",
                "{\"oneOf\":{},\"type\":\"string\"} | string",
                "{\"type\":\"string\",\"nullable\":true} | string",
            })
    void schemaIsTold(String schema, String type) {
        assertThat(of(schema)).isEqualTo(type);
    }

    @Test
    void emptyOneOfIsNothing() {
        assertThat(of("{\"oneOf\":[],\"type\":\"string\"}")).isEmpty();
    }

    @Test
    void variantsTellDescriptionAndDefaultBehindThem() {
        assertThat(of("""
                {"oneOf":[{"type":"string","enum":["x"],"default":"x\\"","description":"d"},
                          {"type":"number","nullable":true,"default":1.0}]}""")).isEqualTo("\n | \"x\" // d default: \"x\\\"\"\n | number | null // default: 1.0");
    }

    @Test
    void nullableIsToldOnceOnly() {
        assertThat(of("""
                {"type":"object","properties":{
                  "a":{"type":["string","null"],"nullable":true},
                  "b":{"type":"string","enum":["nullify"],"nullable":true},
                  "c":{"type":"string","nullable":"true"}}}""")).isEqualTo("{\na?: string | null,\nb?: \"nullify\",\nc?: string,\n}");
    }

    @Test
    void propertyWithAOneOfThatIsNoListTellsNeitherDescriptionNorDefault() {
        assertThat(
                        of(
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":1,\"type\":\"string\",\"description\":\"d\",\"default\":\"x\"}}}"))
                .isEqualTo("{\na?: string,\n}");
    }

    @Test
    void firstVariantIsSilentWhereThePropertySpoke() {
        assertThat(of("""
                {"type":"object","required":["a",1],"properties":{"a":{"description":"d","default":{"k":null},
                  "oneOf":[{"type":"string","description":"first"},{"type":"number","description":"d"}]}}}""")).isEqualTo("{\n// d\n// default: {\"k\":null}\na:\n | string\n | number\n,\n}");
    }

    private static String of(String schema) {
        return SchemaTypeText.of(JsonMapper.shared().readTree(schema));
    }
}
