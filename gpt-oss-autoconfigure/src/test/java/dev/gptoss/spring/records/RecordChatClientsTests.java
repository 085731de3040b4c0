package dev.gptoss.spring.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.spring.autoconfigure.GptOssAutoConfiguration;
import dev.gptoss.spring.autoconfigure.RecordsAutoConfiguration;
import dev.gptoss.spring.autoconfigure.ToolDiscoveryAutoConfiguration;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

class RecordChatClientsTests {

    private static final String ORDER = "{\"reason\":\"r\",\"id\":7,\"amount\":2}";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GptOssAutoConfiguration.class,
                    RecordsAutoConfiguration.class,
                    ToolDiscoveryAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class))
            .withBean(ScriptedEngine.class);

    @Test
    void entityIsConstrainedByOurSchemaAndLeavesTheUserTextAlone() {
        runner.run(context -> {
            ScriptedEngine engine = engine(context, Reply.text(ORDER).withReasoning("Read it."));

            Order order = client(context).prompt("Extract it.").call().entity(Order.class);

            assertThat(order).isEqualTo(new Order("r", 7, 2));
            assertThat(engine.lastRequest().responseFormat().name()).isEqualTo("Order");
            assertThat(engine.lastRequest().responseFormat().schema())
                    .containsSubsequence("\"reason\"", "\"id\"", "\"amount\"");
            assertThat(messages(engine).getLast().text()).isEqualTo("Extract it.");
        });
    }

    @Test
    void everyFormOfEntityWorks() {
        runner.run(context -> {
            ChatClient client = client(context);
            var list = new ParameterizedTypeReference<List<Order>>() {};

            engine(context, Reply.text("[" + ORDER + "]"));
            assertThat(client.prompt("Go").call().entity(list)).containsExactly(new Order("r", 7, 2));
            engine(context, Reply.text(ORDER));
            assertThat(client.prompt().user("Go").call().entity(Order.class, spec -> {}))
                    .isEqualTo(new Order("r", 7, 2));
            engine(context, Reply.text(ORDER));
            var both = client.prompt("Go").call().responseEntity(Order.class);
            assertThat(both.entity()).isEqualTo(new Order("r", 7, 2));
            assertThat(both.response().getResult().getOutput().getText()).isEqualTo(ORDER);
            engine(context, Reply.text(ORDER));
            assertThat(client.mutate()
                            .defaultSystem("Be exact.")
                            .build()
                            .prompt("Go")
                            .call()
                            .entity(Order.class))
                    .isEqualTo(new Order("r", 7, 2));
        });
    }

    @Test
    void recordsAndToolsWorkTogether() {
        runner.withBean(Stock.class).run(context -> {
            ScriptedEngine engine = engine(context, Reply.toolCall("stock", "{\"id\":7}"), Reply.text(ORDER));

            assertThat(client(context).prompt("Go").call().entity(Order.class)).isEqualTo(new Order("r", 7, 2));
            assertThat(engine.requests())
                    .allSatisfy(request -> assertThat(request.responseFormat()).isNotNull());
        });
    }

    @Test
    void propertyGivesTheFrameworksWayBack() {
        runner.withPropertyValues("gpt-oss.chat.structured-output=false").run(context -> {
            ScriptedEngine engine = engine(context, Reply.text(ORDER));

            assertThat(client(context).prompt("Go").call().entity(Order.class)).isEqualTo(new Order("r", 7, 2));
            assertThat(engine.lastRequest().responseFormat()).isNull();
            assertThat(messages(engine).getLast().text()).contains("JSON Schema");
        });
    }

    @Test
    void plainClientOfAModelKeepsTheFrameworksSchema() {
        runner.run(context -> {
            ScriptedEngine engine = engine(context, Reply.text(ORDER));

            ChatClient.create(context.getBean(GptOssChatModel.class))
                    .prompt("Go")
                    .call()
                    .entity(Order.class, ChatClient.EntityParamSpec::useProviderStructuredOutput);

            assertThat(engine.lastRequest().responseFormat().schema())
                    .containsSubsequence("\"amount\"", "\"id\"", "\"reason\"");
        });
    }

    @Test
    void streamGivesPartsAndThenTheRecord() {
        runner.withBean(Stock.class).run(context -> {
            ScriptedEngine engine = engine(
                    context,
                    Reply.toolCall("stock", "{\"id\":7}").withPreamble("I look. "),
                    Reply.text("{\"reason\": \"two words\", \"id\": 7, \"amount\": 2}"));

            List<PartialRecord<Order>> parts = RecordStream.of(client(context).prompt("Go"), Order.class)
                    .collectList()
                    .block();

            assertThat(engine.lastRequest().responseFormat()).isNotNull();
            assertThat(parts.stream().map(part -> part.json().toString()))
                    .containsSubsequence(
                            "{}",
                            "{\"reason\":\"two \"}",
                            "{\"reason\":\"two words\"}",
                            "{\"reason\":\"two words\",\"id\":7}",
                            "{\"reason\":\"two words\",\"id\":7,\"amount\":2}");
            assertThat(parts.subList(0, parts.size() - 1)).noneMatch(PartialRecord::isComplete);
            assertThat(parts.getLast().value()).isEqualTo(new Order("two words", 7, 2));
        });
    }

    @Test
    void errorsOfTheModelAreNotWrapped() {
        runner.run(context -> {
            engine(context, Reply.failure(new dev.gptoss.engine.EngineException("gone")));

            assertThatExceptionOfType(dev.gptoss.engine.EngineException.class)
                    .isThrownBy(() -> client(context).prompt("Go").call().entity(Order.class))
                    .withMessage("gone");
        });
    }

    private static ScriptedEngine engine(ApplicationContext context, Reply... replies) {
        ScriptedEngine engine = context.getBean(ScriptedEngine.class);
        List.of(replies).forEach(engine::reply);
        return engine;
    }

    private static ChatClient client(ApplicationContext context) {
        return context.getBean(ChatClient.Builder.class).build();
    }

    private static List<Message> messages(ScriptedEngine engine) {
        return ((Prompt.Chat) engine.lastRequest().prompt()).conversation().messages();
    }

    record Order(String reason, int id, int amount) {}

    static class Stock {
        @Tool
        int stock(int id) {
            return id;
        }
    }
}
