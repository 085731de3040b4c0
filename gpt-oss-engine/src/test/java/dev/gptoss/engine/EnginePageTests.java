package dev.gptoss.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.ReasoningEffort;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/engine.md, compiled. */
class EnginePageTests {

    private static final Path PAGE = Path.of("../docs/engine.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/gptoss/engine/EnginePageTests.java");

    @Test
    void everyBlockOfThePageStandsInThisFile() throws IOException {
        String source = withoutSpaces(Files.readString(SOURCE));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(blocks).hasSize(3).allSatisfy(block -> assertThat(source).contains(withoutSpaces(block)));
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s", "");
    }

    static void open(Path model) {
        try (Engine engine = Engine.open(EngineOptions.of(model))) {
            GenerationResult answer =
                    engine.submit(GenerationRequest.of("Why is the sky blue?")).await();
            System.out.println(answer.text());
        }
    }

    static GenerationRequest request(Conversation conversation, List<ToolDefinition> tools) {
        GenerationRequest request = GenerationRequest.builder(new Prompt.Chat(conversation))
                .tools(tools)
                .toolChoice(ToolChoice.AUTO)
                .reasoningEffort(ReasoningEffort.LOW)
                .sampling(Sampling.DEFAULT.withSeed(42))
                .maxTokens(1000)
                .deadlines(Deadlines.total(Duration.ofSeconds(30)))
                .build();
        return request;
    }

    static void follow(Engine engine, GenerationRequest request) {
        for (GenerationEvent event : engine.submit(request)) {
            switch (event) {
                case GenerationEvent.ReasoningDelta delta -> show(delta.text());
                case GenerationEvent.TextDelta delta -> say(delta.text());
                case GenerationEvent.ToolCall call -> run(call.name(), call.arguments());
                case GenerationEvent.Prefill progress -> show(progress.done() + " of " + progress.total());
                case GenerationEvent.UsageUpdate update -> show(update.usage().toString());
                case GenerationEvent.Finished end -> show(end.reason().wireName());
            }
        }
    }

    private static void show(String text) {}

    private static void say(String text) {}

    private static void run(String name, String arguments) {}
}
