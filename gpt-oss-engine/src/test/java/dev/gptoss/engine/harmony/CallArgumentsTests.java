package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallArgumentsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1.50} | {\"a\": 1.50}",
                "{\"a\":1}{\"b\":2} | {\"a\":1}",
                "{\"a\":1} and so on | {\"a\":1}",
                "{\"arguments\":{\"a\":1}} | {\"a\":1}",
                "{\"arguments\":\"{\\\"a\\\":1}\"} | {\"a\":1}",
                "{\"arguments\":\"text\"} | {\"arguments\":\"text\"}",
                "{\"arguments\":{},\"b\":1} | {\"arguments\":{},\"b\":1}",
                "\"{\\\"a\\\":1}\" | {\"a\":1}",
                "{\"a\":1 | {\"a\":1",
                "[1] | [1]",
                "no json | no json",
                "'' | ''",
            })
    void firstObjectIsTakenOut(String written, String repaired) {
        assertThat(CallArguments.repaired(written)).isEqualTo(repaired);
    }
}
