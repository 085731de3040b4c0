package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTests {

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        "1.0, 1.0",
        "1e2, 100.0",
        "-0.0, -0.0",
        "1e15, 1000000000000000.0",
        "123456789012345.6, 123456789012345.6",
        "1e16, 1e16",
        "0.00001, 0.00001",
        "0.000012, 0.000012",
        "1e-6, 1e-6",
        "0.0000012, 1.2e-6",
        "1.5e300, 1.5e300",
        "-2.5E-10, -2.5e-10",
        "5e-324, 5e-324",
        "1e-323, 1e-323",
        "2e-323, 2e-323",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "9007199254740993.0, 9007199254740992.0",
        "42, 42",
        "-9223372036854775808, -9223372036854775808",
        "18446744073709551615, 18446744073709551615",
        "18446744073709551616, 1.8446744073709552e19",
    })
    void numbersAreWrittenAsTheReferenceDoes(String number, String expected) {
        assertThat(JsonText.of(JsonMapper.shared().readTree(number))).isEqualTo(expected);
    }

    @Test
    void everyNumberReadsBack() {
        Random random = new Random(13);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(JsonText.decimal(value))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":[1,\"y\",null,true],\"a\":{}}",
                "[]",
                "\"é😀/\\u007f\"",
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\"",
            })
    void textIsCompactInOrderAndEscapedNoMoreThanNeeded(String json) {
        String expected = json.replace("\\u007f", "\u007f");
        assertThat(JsonText.of(JsonMapper.shared().readTree(json))).isEqualTo(expected);
    }
}
