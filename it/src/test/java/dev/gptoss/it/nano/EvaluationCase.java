package dev.gptoss.it.nano;

import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.spring.chat.GptOssMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A case of the small model's evaluation, read back from the text of its prompt into what an application would send.
 *
 * @param date the current date, or empty
 * @param messages instructions, questions, answers, calls and results
 * @param functions what may be called
 * @param schema of the answer, or empty
 * @param expectation the call, the JSON value or the pattern that would be right
 */
record EvaluationCase(
        String id,
        String family,
        ReasoningEffort effort,
        String date,
        List<Message> messages,
        List<DeclaredFunction> functions,
        String schema,
        JsonNode expectation) {

    private static final Path FILE = Path.of("../samples/nano/src/test/resources/eval.jsonl");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern MESSAGE =
            Pattern.compile("<\\|start\\|>(.*?)<\\|message\\|>(.*?)<\\|(?:end|call)\\|>", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("assistant to=functions\\.(\\w+)<.*");
    private static final Pattern RESULT = Pattern.compile("functions\\.(\\w+) to=assistant.*");
    private static final Pattern DATE = Pattern.compile("Current date: (\\S+)");
    private static final Pattern INSTRUCTIONS =
            Pattern.compile("# Instructions\n\n(.*?)(?:\n\n# (?:Tools|Response Formats)\n.*)?", Pattern.DOTALL);
    private static final Pattern FORMAT = Pattern.compile(
            "# Response Formats\n\n## (\\w+)\n\n(?:// [^\n]*\n)*(.*?)(?:\n\n# Tools\n.*)?\\z", Pattern.DOTALL);

    static List<EvaluationCase> all() throws IOException {
        return Files.readAllLines(FILE).stream()
                .map(line -> of(JSON.readTree(line)))
                .toList();
    }

    private static EvaluationCase of(JsonNode row) {
        String prompt = row.path("prompt").stringValue();
        List<Message> messages = new ArrayList<>();
        String developer = "";
        String reasoning = "";
        for (Matcher message = MESSAGE.matcher(prompt); message.find(); ) {
            String header = message.group(1);
            String body = message.group(2);
            Matcher call = CALL.matcher(header);
            Matcher result = RESULT.matcher(header);
            String id = "call-" + messages.size();
            if (header.equals("developer")) {
                developer = body;
                instructions(body, messages);
            } else if (header.equals("user")) {
                messages.add(new UserMessage(body));
            } else if (header.endsWith("analysis")) {
                reasoning = body;
            } else if (call.matches()) {
                messages.add(AssistantMessage.builder()
                        .content("")
                        .properties(Map.of(GptOssMetadata.REASONING_CONTENT, reasoning))
                        .toolCalls(List.of(new AssistantMessage.ToolCall(id, "function", call.group(1), body)))
                        .build());
                reasoning = "";
            } else if (result.matches()) {
                messages.add(ToolResponseMessage.builder()
                        .responses(List.of(new ToolResponseMessage.ToolResponse(
                                "call-" + (messages.size() - 1), result.group(1), body)))
                        .build());
            } else if (header.endsWith("final")) {
                messages.add(new AssistantMessage(body));
            } else if (!header.equals("system")) {
                throw new IllegalArgumentException("no message of an application: " + header);
            }
        }
        return new EvaluationCase(
                row.path("id").stringValue(),
                row.path("family").stringValue(),
                ReasoningEffort.valueOf(row.path("effort").stringValue().toUpperCase(Locale.ROOT)),
                first(DATE, prompt),
                messages,
                DeclaredFunction.of(developer),
                schema(developer),
                row.path("expect"));
    }

    private static void instructions(String developer, List<Message> messages) {
        Matcher instructions = INSTRUCTIONS.matcher(developer);
        if (instructions.matches() && !instructions.group(1).startsWith("#")) {
            messages.add(new SystemMessage(instructions.group(1)));
        }
    }

    /** The format's name is the schema's title where an application says it. */
    private static String schema(String developer) {
        Matcher format = FORMAT.matcher(developer);
        return format.find() ? format.group(2) : "";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
