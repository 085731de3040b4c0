package dev.gptoss.it.nano;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gptoss.spring.chat.GptOssChatModel;
import dev.gptoss.spring.chat.GptOssChatOptions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ResponseEntity;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.converter.StructuredOutputConverter;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one case through a chat client, the tool loop switched off, and judges the answer. */
final class Evaluation {

    private static final JsonMapper JSON = new JsonMapper();

    /** What the reference was given. */
    private static final int MOST_TOKENS = 200;

    private Evaluation() {}

    static Verdict of(EvaluationCase task) {
        ChatClient.ChatClientRequestSpec request = ChatClient.create(model(task))
                .prompt()
                .messages(task.messages())
                .options(GptOssChatOptions.builder()
                        .reasoningEffort(task.effort())
                        .temperature(0.0)
                        .maxTokens(MOST_TOKENS))
                .toolCallbacks(
                        task.functions().stream().map(Evaluation::callback).toList())
                .advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false));
        if (task.schema().isEmpty()) {
            return judge(task, request.call().chatResponse());
        }
        ResponseEntity<ChatResponse, String> answer = request.call()
                .responseEntity(new Raw(task.schema()), ChatClient.EntityParamSpec::useProviderStructuredOutput);
        return judge(task, answer.response());
    }

    private static GptOssChatModel model(EvaluationCase task) {
        Clock clock = task.date().isEmpty()
                ? Clock.systemUTC()
                : Clock.fixed(LocalDate.parse(task.date()).atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return GptOssChatModel.builder(SmallModel.ENGINE).clock(clock).build();
    }

    private static ToolCallback callback(DeclaredFunction function) {
        return FunctionToolCallback.builder(function.name(), (JsonNode arguments) -> "")
                .description(function.description())
                .inputType(JsonNode.class)
                .inputSchema(function.parameters().toString())
                .build();
    }

    private static Verdict judge(EvaluationCase task, ChatResponse response) {
        AssistantMessage message = response.getResult().getOutput();
        List<AssistantMessage.ToolCall> calls = message.getToolCalls();
        boolean isRecord = calls.isEmpty() && !task.schema().isEmpty();
        return new Verdict(
                isRight(task, message),
                !calls.isEmpty(),
                calls.stream()
                        .anyMatch(call -> call.name()
                                .equals(task.expectation().path("name").asString(""))),
                calls.stream().flatMap(call -> faults(task, call).stream()).toList(),
                isRecord,
                isRecord ? faults(task.schema(), message.getText()) : List.of());
    }

    private static boolean isRight(EvaluationCase task, AssistantMessage message) {
        JsonNode expected = task.expectation();
        List<AssistantMessage.ToolCall> calls = message.getToolCalls();
        return switch (expected.path("type").stringValue()) {
            case "call" ->
                !calls.isEmpty()
                        && calls.getLast().name().equals(expected.path("name").stringValue())
                        && JSON.readTree(calls.getLast().arguments()).equals(expected.path("arguments"));
            case "json" ->
                calls.isEmpty()
                        && faults("{}", message.getText()).isEmpty()
                        && JSON.readTree(message.getText()).equals(expected.path("value"));
            default ->
                calls.isEmpty()
                        && Pattern.compile(expected.path("regex").stringValue())
                                .matcher(message.getText())
                                .find();
        };
    }

    private static List<String> faults(EvaluationCase task, AssistantMessage.ToolCall call) {
        return task.functions().stream()
                .filter(function -> function.name().equals(call.name()))
                .findFirst()
                .map(function -> faults(function.parameters().toString(), call.arguments()))
                .orElseGet(() -> List.of("no function " + call.name()));
    }

    private static List<String> faults(String schema, String json) {
        try {
            List<String> faults = new ArrayList<>();
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema)
                    .validate(JSON.readTree(json))
                    .forEach(error -> faults.add(error + " in " + json));
            return faults;
        } catch (JacksonException malformed) {
            return List.of("not JSON: " + json);
        }
    }

    /** Leaves the text as it is and tells the model the schema. */
    private record Raw(String schema) implements StructuredOutputConverter<String> {

        @Override
        public String convert(String text) {
            return text;
        }

        @Override
        public String getFormat() {
            return schema;
        }

        @Override
        public String getJsonSchema() {
            return schema;
        }
    }
}
