package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatConversationTests {

    private static final SystemContent SYSTEM = SystemContent.standard();
    private static final ToolDefinition ADD = new ToolDefinition("add", "Adds.", null);

    @Test
    void leadingInstructionsAreOneDeveloperMessage() {
        assertThat(of(
                        new ChatTurn.Instructions("Be brief."),
                        new ChatTurn.Instructions("Be kind."),
                        new ChatTurn.User("hi"),
                        new ChatTurn.Instructions("Now be long.")))
                .containsExactly(
                        Message.system(SYSTEM),
                        Message.developer(DeveloperContent.instructions("Be brief.\n\nBe kind.")),
                        Message.user("hi"),
                        Message.of(Author.of(Role.DEVELOPER), "Now be long."));
    }

    @Test
    void developerMessageIsLeftOutWhereItWouldSayNothing() {
        assertThat(of(new ChatTurn.User("hi"))).containsExactly(Message.system(SYSTEM), Message.user("hi"));
    }

    @Test
    void functionsAndResponseFormatAreDeclaredWithoutInstructions() {
        ResponseFormat format = new ResponseFormat("n", null, "{}");
        assertThat(ChatConversation.of(SYSTEM, List.of(ADD), format, List.of()).messages())
                .containsExactly(
                        Message.system(SYSTEM),
                        Message.developer(new DeveloperContent(
                                null, Map.of("functions", ToolNamespace.functions(List.of(ADD))), format)));
    }

    @Test
    void turnIsReasoningPreambleCallsThenResultsInTheOrderOfTheCalls() {
        assertThat(of(
                        new ChatTurn.User("go"),
                        new ChatTurn.Assistant(
                                "plan",
                                "I will look.",
                                List.of(new ChatTurn.Call("1", "add", "{\"a\":1}"), new ChatTurn.Call("2", "sub", ""))),
                        new ChatTurn.ToolResult("2", "two"),
                        new ChatTurn.ToolResult("1", "one"),
                        new ChatTurn.Assistant("sum", "done", List.of())))
                .containsExactly(
                        Message.system(SYSTEM),
                        Message.user("go"),
                        Message.assistant(Channel.ANALYSIS, "plan"),
                        Message.assistant(Channel.COMMENTARY, "I will look."),
                        Message.call("add", "{\"a\":1}"),
                        Message.call("sub", ""),
                        Message.toolResult("functions.add", "commentary", "one"),
                        Message.toolResult("functions.sub", "commentary", "two"),
                        Message.assistant(Channel.ANALYSIS, "sum"),
                        Message.assistant(Channel.FINAL, "done"));
    }

    @Test
    void emptyTextBesideCallsIsNoPreamble() {
        assertThat(of(new ChatTurn.Assistant(null, "", List.of(new ChatTurn.Call("1", "add", "{}")))))
                .containsExactly(Message.system(SYSTEM), Message.call("add", "{}"));
    }

    @Test
    void idUsedAgainMeansTheLastCall() {
        assertThat(of(
                        new ChatTurn.Assistant(null, null, List.of(new ChatTurn.Call("0", "add", "{}"))),
                        new ChatTurn.ToolResult("0", "a"),
                        new ChatTurn.Assistant(null, null, List.of(new ChatTurn.Call("0", "sub", "{}"))),
                        new ChatTurn.ToolResult("0", "s")))
                .endsWith(Message.call("sub", "{}"), Message.toolResult("functions.sub", "commentary", "s"));
    }

    @Test
    void resultOfNoCallIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(new ChatTurn.ToolResult("7", "x")))
                .withMessageContaining("call 7");
    }

    private static List<Message> of(ChatTurn... turns) {
        return ChatConversation.of(SYSTEM, List.of(), null, List.of(turns)).messages();
    }
}
