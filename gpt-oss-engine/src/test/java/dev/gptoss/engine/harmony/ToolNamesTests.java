package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTests {

    private static final ToolNames TOOLS =
            ToolNames.of(List.of("functions.get_json", "functions.a_b", "functions.a-b", "browser.search", "python"));

    @Test
    void namesAreThoseThatAConversationDeclares() {
        ToolNamespace browser = new ToolNamespace(
                "browser", null, List.of(new ToolDefinition("search", "", null), new ToolDefinition("open", "", null)));
        Conversation conversation = Conversation.of(
                Message.system(SystemContent.standard()
                        .withTools(browser)
                        .withTools(new ToolNamespace("python", "Runs code.", List.of()))),
                Message.developer(DeveloperContent.instructions("x")
                        .withFunctions(List.of(new ToolDefinition("clock", "", null)))));
        assertThat(ToolNames.of(conversation).all())
                .containsExactlyInAnyOrder("browser.search", "browser.open", "python", "functions.clock");
    }

    @Test
    void endingThatIsPartOfTheNameIsNotCut() {
        assertThat(TOOLS.resolve("functions.get_json")).isEqualTo("functions.get_json");
        assertThat(TOOLS.resolve("get_jsonjson")).isEqualTo("functions.get_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A_B", "functions.A.b", "nothing", "json", "", ".", "functions.", "pythonista"})
    void nameThatMeansNoneOrSeveralMeansNone(String written) {
        assertThat(TOOLS.resolve(written)).isNull();
        assertThat(ToolNames.NONE.resolve(written)).isNull();
    }

    @Test
    void exactNameWinsOverAlikeOnes() {
        assertThat(TOOLS.resolve("a-b")).isEqualTo("functions.a-b");
        assertThat(TOOLS.resolve("functions.a_b")).isEqualTo("functions.a_b");
    }
}
