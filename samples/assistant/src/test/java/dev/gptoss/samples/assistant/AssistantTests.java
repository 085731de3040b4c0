package dev.gptoss.samples.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.test.Reply;
import dev.gptoss.spring.test.ScriptedEngine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** The application as its page calls it, on an engine that says what it is told. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AssistantTests {

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    private ScriptedEngine engine;

    @LocalServerPort
    private int port;

    @BeforeEach
    void forget() {
        engine.reset();
    }

    @Test
    void toolCallAndResultAreToldBetweenReasoningAndAnswer() throws Exception {
        engine.reply(Reply.toolCall("get_order_status", "{\"id\":\"A1001\"}").withReasoning("An order."))
                .reply(Reply.text("It is shipped."));

        String events = chat("a", "Where is order A1001?").body();

        assertThat(events)
                .containsSubsequence(
                        "event:reasoning",
                        "event:tool-call",
                        "\"name\":\"get_order_status\"",
                        "event:tool-result",
                        "coffee grinder",
                        "shipped",
                        "event:text",
                        "\"It \"",
                        "event:done",
                        "\"finishReason\":\"STOP\"");
    }

    @Test
    void conversationIsRemembered() throws Exception {
        engine.reply(Reply.text("Hello Ada.")).reply(Reply.text("Ada."));

        chat("memory", "I am Ada.");
        chat("memory", "Who am I?");

        assertThat(engine.lastRequest().prompt().toString()).contains("I am Ada.", "Hello Ada.", "Who am I?");
        assertThat(engine.lastRequest().reasoningEffort()).isEqualTo(ReasoningEffort.HIGH);
    }

    @Test
    void everyToolBeanIsOffered() throws Exception {
        engine.reply(Reply.text("Yes."));

        chat("tools", "Go");

        assertThat(engine.lastRequest().tools().stream().map(tool -> tool.name()))
                .contains("get_weather", "current_date", "get_order_status", "cancel_order", "multiply");
    }

    @Test
    void stopEndsTheAnswerAndTheEngine() throws Exception {
        engine.reply(Reply.text("one two three").withDelay(Duration.ofMinutes(1)));
        var answer = http.sendAsync(question("stop", "Go"), BodyHandlers.ofString());
        Awaitility.await().until(() -> engine.statistics().running() == 1);

        HttpResponse<Void> stopped =
                http.send(HttpRequest.newBuilder(uri("/api/chat/stop")).DELETE().build(), BodyHandlers.discarding());

        assertThat(stopped.statusCode()).isEqualTo(204);
        Awaitility.await().until(() -> engine.statistics().running() == 0);
        assertThat(answer.join().body()).doesNotContain("event:done");
    }

    @Test
    void recordIsExtractedWithoutTools() throws Exception {
        engine.reply(Reply.text("{\"customer\":\"Nina\",\"items\":[{\"product\":\"watch\",\"quantity\":2}]}"));

        String record = post("/api/extract/order", "{\"text\":\"Nina orders 2 watches\"}")
                .body();

        assertThat(record).isEqualTo("{\"customer\":\"Nina\",\"items\":[{\"product\":\"watch\",\"quantity\":2}]}");
        assertThat(engine.lastRequest().tools()).isEmpty();
        assertThat(engine.lastRequest().responseFormat().schema()).contains("\"minimum\":1");
    }

    @Test
    void emptyQuestionIsRefused() throws Exception {
        assertThat(chat("empty", " ").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> chat(String conversation, String text) throws Exception {
        return http.send(question(conversation, text), BodyHandlers.ofString());
    }

    private HttpRequest question(String conversation, String text) {
        return json(
                "/api/chat",
                "{\"conversation\":\"%s\",\"text\":\"%s\",\"effort\":\"HIGH\"}".formatted(conversation, text));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(json(path, body), BodyHandlers.ofString());
    }

    private HttpRequest json(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Script {
        @Bean
        ScriptedEngine engine() {
            return new ScriptedEngine();
        }
    }
}
