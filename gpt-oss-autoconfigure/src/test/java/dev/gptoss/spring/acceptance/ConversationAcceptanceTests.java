package dev.gptoss.spring.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Prompt.Chat;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssMetadata;
import dev.gptoss.spring.chat.Reasoning;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.chat.prompt.SystemPromptTemplate;

/** What other chat models of the framework are tested for: roles, history, memory, usage, chunks. */
class ConversationAcceptanceTests {

    private final ScriptedEngine engine = new ScriptedEngine();
    private final GptOssChatModel model = GptOssChatModel.builder(engine).build();

    @Test
    void roleComesFromASystemTemplate() {
        engine.reply(Reply.text("Blackbeard was one."));
        var system =
                new SystemPromptTemplate("Answer in the style of a {voice}.").createMessage(Map.of("voice", "pirate"));

        ChatResponse response = model.call(new Prompt(List.of(new UserMessage("Name a pirate."), system)));

        assertThat(response.getResults()).hasSize(1);
        assertThat(response.getResult().getOutput().getText()).contains("Blackbeard");
        assertThat(texts()).contains("Answer in the style of a pirate.", "Name a pirate.");
    }

    @Test
    void historyIsWhatTheModelSaidWithoutItsReasoning() {
        engine.reply(Reply.text("Blackbeard.").withReasoning("A pirate.")).reply(Reply.text("Arr."));
        UserMessage first = new UserMessage("Name a pirate.");

        ChatResponse answer = model.call(new Prompt(List.of(new SystemMessage("Be brief."), first)));
        model.call(new Prompt(List.of(
                new SystemMessage("Be brief."),
                first,
                answer.getResult().getOutput(),
                new UserMessage("What did he say?"))));

        assertThat(texts()).containsSubsequence("Name a pirate.", "Blackbeard.", "What did he say?");
    }

    @Test
    void memoryByHandAndByAdvisorHoldTheSameConversation() {
        ChatMemory memory = MessageWindowChatMemory.builder().build();
        engine.reply(Reply.text("Hello Bond.")).reply(Reply.text("Bond."));
        memory.add("1", new UserMessage("My name is Bond."));
        memory.add(
                "1",
                Objects.requireNonNull(model.call(new Prompt(memory.get("1"))).getResult())
                        .getOutput());

        String answer = ChatClient.builder(model)
                .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
                .build()
                .prompt(new Prompt(new UserMessage("What is my name?")))
                .advisors(advisors -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
                .call()
                .content();

        assertThat(answer).isEqualTo("Bond.");
        assertThat(texts()).containsSubsequence("My name is Bond.", "Hello Bond.", "What is my name?");
        assertThat(memory.get("1")).hasSize(4);
    }

    @Test
    void streamIsCompleteAndKeepsBlanks() {
        String text = "1 2 3\n\n  4  5\n";
        engine.reply(Reply.text(text));

        List<ChatResponse> chunks =
                model.stream(new Prompt("Count.")).collectList().block();

        assertThat(chunks.stream()
                        .map(chunk -> Objects.requireNonNullElse(
                                chunk.getResult().getOutput().getText(), ""))
                        .collect(Collectors.joining()))
                .isEqualTo(text);
        assertThat(chunks.subList(0, chunks.size() - 1))
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(chunk.getResult().getMetadata().getFinishReason())
                        .isNull());
    }

    @Test
    void usageIsWhatTheEngineCounted() {
        engine.reply(Reply.text("One two.")).reply(Reply.text("One two."));

        Usage called = model.call(new Prompt("Count.")).getMetadata().getUsage();
        Usage streamed =
                model.stream(new Prompt("Count.")).blockLast().getMetadata().getUsage();

        assertThat(called.getCompletionTokens()).isEqualTo(2);
        assertThat(called.getPromptTokens()).isPositive();
        assertThat(called.getTotalTokens()).isEqualTo(called.getPromptTokens() + called.getCompletionTokens());
        assertThat(streamed.getTotalTokens()).isEqualTo(called.getTotalTokens());
    }

    @Test
    void metadataNamesModelResponseAndReasoning() {
        engine.reply(Reply.text("Yes.").withReasoning("Think."));

        ChatResponse response = model.call(new Prompt("Is it?"));

        assertThat(response.getMetadata().getId()).isNotEmpty();
        assertThat(response.getMetadata().getModel()).isEqualTo("scripted");
        assertThat(response.getResult().getMetadata().<String>get(GptOssMetadata.THINKING))
                .isEqualTo("Think.");
        assertThat(response.getResult().getOutput().getMetadata())
                .containsEntry(GptOssMetadata.REASONING_CONTENT, "Think.");
    }

    @Test
    void reasoningIsThereInEveryRound() {
        engine.reply(Reply.text("9.11 is less.").withReasoning("Compare them."))
                .reply(Reply.text("Two.").withReasoning("Count r."));
        UserMessage first = new UserMessage("9.11 or 9.8?");

        ChatResponse one = model.call(new Prompt(first));
        ChatResponse two = model.call(
                new Prompt(List.of(first, one.getResult().getOutput(), new UserMessage("How many r in strawberry?"))));

        assertThat(Reasoning.of(one).text()).isEqualTo("Compare them.");
        assertThat(Reasoning.of(two).text()).isEqualTo("Count r.");
    }

    private List<String> texts() {
        return ((Chat) engine.lastRequest().prompt())
                .conversation().messages().stream().map(Message::text).toList();
    }
}
