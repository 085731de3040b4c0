package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionNamesTests {

    private static final List<String> NAMES =
            List.of("get_weather", "get-weather", "get.weather", "2fast", "ü!", "a b", "get_weather_2");

    @Test
    void namesAreShownAsDistinctIdentifiers() {
        FunctionNames names = FunctionNames.of(NAMES);
        assertThat(NAMES.stream().map(names::shown))
                .containsExactly(
                        "get_weather", "get_weather_2", "get_weather_3", "_2fast", "_", "a_b", "get_weather_2_2");
    }

    @Test
    void identifiersLeadBack() {
        FunctionNames names = FunctionNames.of(NAMES);
        assertThat(NAMES)
                .allSatisfy(
                        name -> assertThat(names.original(names.shown(name))).isEqualTo(name));
        assertThat(names.original("other")).isEqualTo("other");
    }

    @Test
    void unknownFunctionIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FunctionNames.of(NAMES).shown("other"))
                .withMessageContaining("no function other");
    }
}
