package dev.gptoss.spring.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.ToolChoice;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** What other chat models of the framework are tested for: tools called in every way the framework has. */
class ToolAcceptanceTests {

    private final ScriptedEngine engine = new ScriptedEngine();
    private final GptOssChatModel model = GptOssChatModel.builder(engine).build();
    private final ToolCallback weather = FunctionToolCallback.builder("weather", (City city) -> city.name() + ": 4 C")
            .description("Gets the weather.")
            .inputType(City.class)
            .build();

    @Test
    void severalCallsOfOneTurnAreAnswered() {
        engine.reply(Reply.toolCall("weather", "{\"name\":\"Oslo\"}").andToolCall("weather", "{\"name\":\"Rome\"}"))
                .reply(Reply.text("Both 4."));

        assertThat(client().prompt("Oslo and Rome?").call().content()).isEqualTo("Both 4.");
        assertThat(engine.lastRequest().prompt().toString()).contains("Oslo: 4 C", "Rome: 4 C");
    }

    @Test
    void streamRunsToolsToo() {
        engine.reply(Reply.toolCall("weather", "{\"name\":\"Oslo\"}")).reply(Reply.text("It is 4."));

        assertThat(client().prompt("Oslo?").stream()
                        .content()
                        .collect(Collectors.joining())
                        .block())
                .isEqualTo("It is 4.");
    }

    @Test
    void usageOfAllRoundsIsAddedUp() {
        for (boolean streams : new boolean[] {false, true}) {
            engine.reply(Reply.toolCall("weather", "{\"name\":\"Oslo\"}").withReasoning("One two three."))
                    .reply(Reply.text("It is 4."));
            ChatResponse response = streams
                    ? client().prompt("Oslo?").stream().chatResponse().blockLast()
                    : client().prompt("Oslo?").call().chatResponse();

            Usage usage = response.getMetadata().getUsage();
            assertThat(usage.getCompletionTokens()).as("streams: %s", streams).isGreaterThan(5);
        }
    }

    @Test
    void everyCallHasItsOwnId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            engine.reply(
                    Reply.toolCall("weather", "{\"name\":\"Oslo\"}").andToolCall("weather", "{\"name\":\"Rome\"}"));
            model.call(prompt(new UserMessage("Go"))).getResult().getOutput().getToolCalls().stream()
                    .map(AssistantMessage.ToolCall::id)
                    .forEach(ids::add);
        }
        assertThat(ids).hasSize(6).doesNotContain("");
    }

    @Test
    void callsAreRunByHandWithMemory() {
        engine.reply(Reply.toolCall("weather", "{\"name\":\"Oslo\"}").withReasoning("Look it up."))
                .reply(Reply.text("It is 4."))
                .reply(Reply.text("Oslo."));
        ToolCallingManager tools = ToolCallingManager.builder().build();
        ChatMemory memory = MessageWindowChatMemory.builder().build();
        memory.add("1", new UserMessage("Oslo?"));

        Prompt prompt = new Prompt(memory.get("1"), options());
        ChatResponse response = model.call(prompt);
        memory.add("1", response.getResult().getOutput());
        while (response.hasToolCalls()) {
            ToolExecutionResult done = tools.executeToolCalls(prompt, response);
            memory.add("1", done.conversationHistory().getLast());
            prompt = new Prompt(memory.get("1"), options());
            response = model.call(prompt);
            memory.add("1", response.getResult().getOutput());
        }
        memory.add("1", new UserMessage("Which city was it?"));

        assertThat(response.getResult().getOutput().getText()).isEqualTo("It is 4.");
        assertThat(model.call(new Prompt(memory.get("1"), options()))
                        .getResult()
                        .getOutput()
                        .getText())
                .isEqualTo("Oslo.");
    }

    @Test
    void callsOfAStreamAreRunByHand() {
        engine.reply(Reply.toolCall("weather", "{\"name\":\"Oslo\"}")).reply(Reply.text("It is 4."));
        Prompt prompt = prompt(new UserMessage("Oslo?"));
        ChatResponse[] whole = new ChatResponse[1];
        new MessageAggregator()
                .aggregate(model.stream(prompt), response -> whole[0] = response)
                .blockLast();

        ToolExecutionResult done = ToolCallingManager.builder().build().executeToolCalls(prompt, whole[0]);

        assertThat(model.call(new Prompt(done.conversationHistory(), options()))
                        .getResult()
                        .getOutput()
                        .getText())
                .isEqualTo("It is 4.");
    }

    @Test
    void contextReachesTheTool() {
        engine.reply(Reply.toolCall("tenant", "{}")).reply(Reply.text("It is acme."));

        assertThat(ChatClient.create(model)
                        .prompt("Whose?")
                        .tools(new Tenant())
                        .toolContext(Map.of("tenant", "acme"))
                        .call()
                        .content())
                .isEqualTo("It is acme.");
        assertThat(engine.lastRequest().prompt().toString()).contains("tenant is acme");
    }

    @Test
    void methodsAndFunctionsMix() {
        engine.reply(Reply.toolCall("tenant", "{}").andToolCall("weather", "{\"name\":\"Oslo\"}"))
                .reply(Reply.text("Done."));

        assertThat(ChatClient.create(model)
                        .prompt("Go")
                        .toolCallbacks(ToolCallbacks.from(new Tenant()))
                        .toolCallbacks(weather)
                        .toolContext(Map.of("tenant", "acme"))
                        .call()
                        .content())
                .isEqualTo("Done.");
    }

    @Test
    void choiceReachesTheEngineWhichEnforcesIt() {
        Function<ToolChoice, ToolChoice> ask = choice -> {
            engine.reply(Reply.text("Done."));
            model.call(new Prompt(
                    "Go",
                    GptOssChatOptions.builder()
                            .toolCallbacks(List.of(weather))
                            .toolChoice(choice)
                            .build()));
            return engine.lastRequest().toolChoice();
        };

        for (ToolChoice choice :
                List.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED, ToolChoice.of("weather"))) {
            assertThat(ask.apply(choice)).isEqualTo(choice);
        }
    }

    private ChatClient client() {
        return ChatClient.builder(model).defaultToolCallbacks(weather).build();
    }

    private Prompt prompt(UserMessage message) {
        return new Prompt(List.of(message), options());
    }

    private GptOssChatOptions options() {
        return GptOssChatOptions.builder().toolCallbacks(List.of(weather)).build();
    }

    record City(String name) {}

    static class Tenant {

        @Tool(description = "Tells the tenant.")
        String tenant(ToolContext context) {
            return "tenant is " + context.getContext().get("tenant");
        }
    }
}
