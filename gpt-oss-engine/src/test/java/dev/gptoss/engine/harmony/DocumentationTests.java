package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.StreamingDecoder;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of the pages, run; and that the pages show what is run. */
class DocumentationTests {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCE = Path.of("src/test/java/dev/gptoss/engine/harmony/DocumentationTests.java");

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @Test
    void textIsEncodedAndDecoded() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        int[] ids = tokenizer.encode("hello world"); // 24912 2375
        String text = tokenizer.decode(ids);
        assertThat(ids).containsExactly(24912, 2375);
        assertThat(text).isEqualTo("hello world");
    }

    @Test
    void streamedTextIsWhole() {
        StreamingDecoder decoder = tokenizer.streamingDecoder();
        StringBuilder shown = new StringBuilder();
        for (int id : tokenizer.encode("👋🏾")) {
            shown.append(decoder.accept(id)); // never half a code point
        }
        shown.append(decoder.finish());
        assertThat(shown).hasToString("👋🏾");
    }

    @Test
    void conversationIsRenderedAndAnAnswerParsed() {
        Conversation conversation = ChatConversation.of(
                SystemContent.standard().withCurrentDate("2025-08-05").withEffort(ReasoningEffort.LOW),
                List.of(new ToolDefinition("clock", "Tells the time.", null)),
                null,
                List.of(new ChatTurn.Instructions("Be brief."), new ChatTurn.User("What time is it?")));
        HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());
        int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT, OldReasoning.ALL_FINISHED_TURNS);
        assertThat(tokenizer.decode(prompt)).contains("type clock = () => any;").endsWith("<|start|>assistant");

        int[] generated = tokenizer.encode(
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Noon.<|return|>",
                SpecialText.AS_SPECIAL);
        StringBuilder shown = new StringBuilder();
        HarmonyParser parser = HarmonyParser.server(tokenizer, Role.ASSISTANT, ToolNames.of(conversation));
        for (int token : generated) {
            parser.accept(token);
            if (parser.delta() != null && parser.kind() == MessageKind.TEXT) {
                shown.append(parser.delta());
            }
        }
        List<Message> messages = parser.finish();
        assertThat(shown).hasToString("Noon.");
        assertThat(messages).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.md", "harmony.md"})
    void pageShowsWhatIsRun(String page) throws IOException {
        String source = squeezed(Files.readString(SOURCE));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs", page)))
                .results()
                .map(snippet -> squeezed(snippet.group(1)))
                .toList();
        assertThat(snippets).isNotEmpty().allMatch(source::contains);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
