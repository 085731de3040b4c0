package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.DeveloperContent;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.OldReasoning;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.ResponseFormat;
import dev.gptoss.engine.harmony.SystemContent;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatCompletionTests {

    private static final String SYSTEM = """
            <|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
            Knowledge cutoff: 2024-06
            Current date: 2025-08-05

            Reasoning: %s

            # Valid channels: analysis, commentary, final. Channel must be included for every message.""";

    private final Conversation hello = Conversation.of(Message.user("Hello!"));

    @Test
    void conversationWithoutSystemMessageGetsOne() {
        assertThat(rendered(request(hello).build()))
                .isEqualTo(SYSTEM.formatted("medium") + "<|end|><|start|>user<|message|>Hello!<|end|>");
        assertThat(rendered(request(hello).reasoningEffort(ReasoningEffort.HIGH).build()))
                .startsWith(SYSTEM.formatted("high"));
    }

    @Test
    void systemMessageThatIsThereIsKeptAndItsEffortSet() {
        SystemContent own = SystemContent.standard().withCurrentDate("2001-01-01");
        Conversation conversation = Conversation.of(Message.system(own), Message.user("Hello!"));
        assertThat(rendered(request(conversation).build()))
                .contains("2001-01-01")
                .contains("Reasoning: medium")
                .containsOnlyOnce("<|start|>system");
        assertThat(rendered(request(conversation)
                        .reasoningEffort(ReasoningEffort.LOW)
                        .build()))
                .contains("2001-01-01")
                .contains("Reasoning: low");
    }

    @Test
    void toolsAndResponseFormatJoinTheInstructions() {
        Conversation conversation =
                Conversation.of(Message.developer(DeveloperContent.instructions("Be kind.")), Message.user("Hello!"));
        GenerationRequest request = request(conversation)
                .tools(List.of(new ToolDefinition("clock", "Tells the time.", null)))
                .responseFormat(new ResponseFormat("answer", null, "{\"type\":\"string\"}"))
                .build();
        assertThat(rendered(request)).isEqualTo(SYSTEM.formatted("medium") + """

                Calls to these tools must go to the commentary channel: 'functions'.<|end|><|start|>developer<|message|># Instructions

                Be kind.

                # Response Formats

                ## answer

                {"type":"string"}

                # Tools

                ## functions

                namespace functions {

                // Tells the time.
                type clock = () => any;

                } // namespace functions<|end|><|start|>user<|message|>Hello!<|end|>""");
    }

    @Test
    void developerMessageIsAddedAfterTheSystemMessage() {
        GenerationRequest request = request(hello)
                .tools(List.of(new ToolDefinition("clock", "", null)))
                .build();
        assertThat(rendered(request))
                .contains("<|end|><|start|>developer<|message|># Tools")
                .containsSubsequence("<|start|>system", "<|start|>developer", "<|start|>user");
    }

    private static GenerationRequest.Builder request(Conversation conversation) {
        return GenerationRequest.builder(new Prompt.Chat(conversation));
    }

    private static String rendered(GenerationRequest request) {
        Conversation whole =
                new ChatCompletion(FakeModels.CLOCK).complete(((Prompt.Chat) request.prompt()).conversation(), request);
        return FakeModels.TOKENIZER.decode(
                new HarmonyRenderer(FakeModels.TOKENIZER).render(whole, OldReasoning.ALL_FINISHED_TURNS));
    }
}
