package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for any sequence of tokens whatever. */
class ServerParserPropertyTests {

    private static final int SEQUENCES = Boolean.getBoolean("gptoss.full") ? 10_000 : 1_000;

    private static final int[] MARKERS = {
        SpecialTokens.START,
        SpecialTokens.CHANNEL,
        SpecialTokens.MESSAGE,
        SpecialTokens.CONSTRAIN,
        SpecialTokens.END,
        SpecialTokens.CALL,
        SpecialTokens.RETURN,
        SpecialTokens.ENDOFTEXT
    };

    private static final List<String> HEADER_WORDS = List.of(
            "assistant",
            "user",
            "tool",
            "analysis",
            "commentary",
            "final",
            "commentaryjson",
            " to=",
            " to=functions.f",
            " json",
            "json",
            " code",
            "functions.f",
            " to=assistant",
            "\n",
            " ",
            "<",
            ":",
            " functions f",
            "––");

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final ToolNames tools = ToolNames.of(List.of("functions.f", "python"));

    @Test
    void anyTokensParseWithoutError() {
        Random random = new Random(1);
        for (int i = 0; i < SEQUENCES; i++) {
            int[] tokens = IntStream.generate(() -> anyToken(random))
                    .limit(random.nextInt(60))
                    .toArray();
            assertThatCode(() -> parse(tokens, random.nextBoolean() ? Role.ASSISTANT : null))
                    .as("tokens %s", (Object) tokens)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyWordTurnsUpInAMessage() {
        Random random = new Random(2);
        for (int i = 0; i < SEQUENCES; i++) {
            List<String> words = new ArrayList<>();
            int[] tokens = likelyTokens(random, words);
            String everything = parse(tokens, random.nextBoolean() ? Role.ASSISTANT : null).stream()
                    .map(ServerParserPropertyTests::allText)
                    .collect(Collectors.joining("\n"));
            assertThat(words)
                    .as("words of %s in %s", tokenizer.decode(tokens), everything)
                    .allMatch(everything::contains);
        }
    }

    @Test
    void deltasJoinedAreTheContent() {
        Random random = new Random(3);
        for (int i = 0; i < SEQUENCES; i++) {
            int[] tokens = likelyTokens(random, new ArrayList<>());
            HarmonyParser parser = HarmonyParser.server(tokenizer, Role.ASSISTANT, tools);
            StringBuilder joined = new StringBuilder();
            for (int token : tokens) {
                parser.accept(token);
                joined.append(parser.delta() == null ? "" : parser.delta());
            }
            parser.finish();
            joined.append(parser.delta() == null ? "" : parser.delta());
            assertThat(joined)
                    .hasToString(parser.messages().stream().map(Message::text).collect(Collectors.joining()));
        }
    }

    @Test
    void whatTheRendererWritesIsReadAsItWas() {
        Random random = new Random(4);
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer);
        for (int i = 0; i < SEQUENCES; i++) {
            List<Message> messages = IntStream.range(0, random.nextInt(6))
                    .mapToObj(n -> wellFormed(random))
                    .toList();
            int[] tokens = renderer.render(new Conversation(messages), OldReasoning.KEEP);
            assertThat(parse(tokens, null)).isEqualTo(messages);
        }
    }

    private List<Message> parse(int[] tokens, Role role) {
        HarmonyParser parser = HarmonyParser.server(tokenizer, role, tools);
        for (int token : tokens) {
            parser.accept(token);
        }
        return parser.finish();
    }

    private static int anyToken(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> MARKERS[random.nextInt(MARKERS.length)];
            case 1 -> random.nextInt();
            case 2 -> random.nextInt(256);
            default -> random.nextInt(SpecialTokens.VOCABULARY_SIZE);
        };
    }

    /** Markers, words of headers, and words that occur once, which are told. */
    private int[] likelyTokens(Random random, List<String> uniqueWords) {
        IntStream.Builder tokens = IntStream.builder();
        for (int n = random.nextInt(40); n > 0; n--) {
            switch (random.nextInt(3)) {
                case 0 -> tokens.add(MARKERS[random.nextInt(MARKERS.length)]);
                case 1 -> add(tokens, HEADER_WORDS.get(random.nextInt(HEADER_WORDS.size())));
                default -> {
                    String word = "w" + uniqueWords.size() + "e";
                    uniqueWords.add(word);
                    add(tokens, (random.nextBoolean() ? " " : "") + word);
                }
            }
        }
        return tokens.build().toArray();
    }

    private void add(IntStream.Builder tokens, String text) {
        for (int token : tokenizer.encode(text)) {
            tokens.add(token);
        }
    }

    private static String allText(Message message) {
        return Stream.of(
                        message.author().name(),
                        message.recipient(),
                        message.channel(),
                        message.contentType(),
                        message.text(),
                        message.repairedHeader())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    private static Message wellFormed(Random random) {
        String text = "é x <|end|> " + random.nextInt(1000);
        return switch (random.nextInt(5)) {
            case 0 -> Message.user(text);
            case 1 -> Message.assistant(Channel.ANALYSIS, text);
            case 2 -> Message.assistant(Channel.FINAL, text);
            case 3 -> Message.call("f", text);
            default -> Message.toolResult("functions.f", "commentary", text);
        };
    }
}
