package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HarmonyJsonTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | messages must be a list, was null",
                "7 | messages must be a list",
                "[7] | messages[0] must be an object",
                "[{\"content\":\"x\"}] | messages[0].role must be a text, was nothing",
                "[{\"role\":\"boss\",\"content\":\"x\"}] | messages[0].role must be a role",
                "[{\"role\":\"user\"}] | messages[0].content must be a text, was nothing",
                "[{\"role\":\"user\",\"content\":[\"a\",1]}] | messages[0].content[1] must be a text, was 1",
                "[{\"role\":\"user\",\"name\":1,\"content\":\"x\"}] | messages[0].name must be a text, was 1",
                "[{\"role\":\"system\",\"content\":[{\"system\":{\"effort\":\"huge\"}}]}] | effort must be an effort",
                "[{\"role\":\"system\",\"content\":[{\"system\":{\"tools\":[]}}]}] | system.tools must be an object",
                "[{\"role\":\"developer\",\"content\":[{\"developer\":{\"tools\":{\"f\":{\"tools\":[{}]}}}}]}]"
                        + " | developer.tools.f.tools[0].name must be a text",
            })
    void foreignJsonIsRefusedNamingThePlace(String json, String error) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HarmonyJson.conversation(JsonMapper.shared().readTree(json)))
                .withMessageContaining(error);
    }

    @Test
    void writtenMessagesHaveTheMembersTheyHave() {
        assertThat(HarmonyJson.write(Message.user("x"))).hasToString("{\"role\":\"user\",\"content\":\"x\"}");
        assertThat(HarmonyJson.write(Message.call("f", "{}")))
                .hasToString("{\"role\":\"assistant\",\"recipient\":\"functions.f\",\"channel\":\"commentary\","
                        + "\"content_type\":\"<|constrain|>json\",\"content\":\"{}\"}");
    }

    @Test
    void trainingTextWithANextRoleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RenderEntry.read(JsonMapper.shared()
                        .readTree("{\"messages\":[],\"next_role\":\"assistant\",\"training\":true}")))
                .withMessageContaining("next_role");
    }
}
