package dev.gptoss.engine.harmony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed shapes that models are known to write, each with what is made of it. */
class ServerParserTests {

    private static final ToolNames TOOLS =
            ToolNames.of(List.of("functions.get_weather", "functions.shell", "browser.search", "python"));

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @Test
    void channelAfterAnEndOpensAMessage() {
        assertThat(parse("<|channel|>analysis<|message|>a<|end|><|channel|>final<|message|>b<|return|>"))
                .containsExactly(onAnalysis("a"), onFinal("b"));
    }

    @Test
    void messageMarkerAfterAnEndOpensAMessageWithoutChannel() {
        assertThat(parse("<|channel|>analysis<|message|>a<|end|><|message|>b<|return|>"))
                .containsExactly(onAnalysis("a"), Message.of(Author.of(Role.ASSISTANT), "b"));
    }

    @Test
    void roleWordAfterAnEndOpensAMessage() {
        assertThat(parse("<|channel|>analysis<|message|>a<|end|>assistant<|channel|>final<|message|>b<|return|>"))
                .containsExactly(onAnalysis("a"), onFinal("b"));
    }

    @Test
    void channelWordAfterAnEndOpensAMessage() {
        assertThat(parse("<|channel|>analysis<|message|>a<|end|>"
                        + "commentary to=functions.get_weather <|constrain|>json<|message|>{}<|call|>"))
                .containsExactly(onAnalysis("a"), Message.call("get_weather", "{}"));
    }

    @Test
    void textAfterAnEndIsTextOfThePreviousChannel() {
        assertThat(parse("<|channel|>final<|message|>a<|end|> oops, more<|end|>"))
                .containsExactly(onFinal("a"), onFinal(" oops, more"));
    }

    @Test
    void textAfterAnEndThatBeginsLikeAChannelIsText() {
        assertThat(parse("<|channel|>analysis<|message|>a<|end|>finally done<|return|>"))
                .containsExactly(onAnalysis("a"), onAnalysis("finally done"));
    }

    @Test
    void longTextThatBeginsLikeARoleIsGivenOutBeforeItEnds() {
        HarmonyParser parser = HarmonyParser.server(tokenizer, null, TOOLS);
        StringBuilder text = new StringBuilder();
        for (int token : tokenizer.encode("user" + " and more".repeat(40))) {
            parser.accept(token);
            text.append(parser.delta() == null ? "" : parser.delta());
        }
        assertThat(text).hasToString("user" + " and more".repeat(40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|return|><|end|>", "<|end|><|end|><|call|>", "<|return|><|endoftext|>", "<|endoftext|>"})
    void moreTerminatorsAreIgnored(String ends) {
        assertThat(parse("<|channel|>final<|message|>a" + ends)).containsExactly(onFinal("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>commentary<|channel|>analysis<|message|>x<|end|>",
                "<|channel|>commentary to=assistant<|channel|>analysis<|message|>x<|end|>",
            })
    void lastChannelOfAHeaderWins(String text) {
        Message message = parse(text).getFirst();
        assertThat(message.channel()).isEqualTo("analysis");
        assertThat(message.recipient()).isNull();
        assertThat(message.repairedHeader()).isEqualTo(text.substring(0, text.indexOf("<|message|>")));
    }

    @ParameterizedTest
    @CsvSource({
        "commentaryjson, commentary, json",
        "––commentary, commentary,",
        "analysisfinal, analysis,",
        "Final, final,",
        "final., final,",
        "com-mentary, commentary,",
        "musings, musings,",
    })
    void miswrittenChannelMeansTheKnownOneItBeginsWith(String written, String channel, String type) {
        Message message = parse("<|channel|>" + written + "<|message|>x<|end|>").getFirst();
        assertThat(message.channel()).isEqualTo(channel);
        assertThat(message.contentType()).isEqualTo(type);
        assertThat(message.recipient()).isNull();
        assertThat(message.text()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "to=functions.get_weather, functions.get_weather",
        "to=get_weather, functions.get_weather",
        "to=functions get_weather, functions.get_weather",
        "get_weather, functions.get_weather",
        "functions.get_weather, functions.get_weather",
        "to=functions.get-weather, functions.get_weather",
        "to=functions.Get_Weather, functions.get_weather",
        "to=functions.get.weather, functions.get_weather",
        "to=functions.shelljson, functions.shell",
        "to=shellcode, functions.shell",
        "to=functions.get_weather<|constrain|>json, functions.get_weather",
        "to=functions.get_weather<x, functions.get_weather",
        "to= functions.get_weather, functions.get_weather",
        "to=functions.get_weather:, functions.get_weather",
        "to=functions.browser.search, browser.search",
        "to=functions.python, python",
        "to=container.exec, container.exec",
        "to=repo_browser.open_file, repo_browser.open_file",
    })
    void miswrittenRecipientMeansTheDeclaredOne(String written, String recipient) {
        Message message = parse("<|channel|>commentary " + written + " json<|message|>{}<|call|>")
                .getFirst();
        assertThat(message.recipient()).isEqualTo(recipient);
        assertThat(message.kind()).isEqualTo(MessageKind.CALL);
        assertThat(message.contentType()).endsWith("json");
        assertThat(message.text()).isEqualTo("{}");
    }

    @Test
    void suffixCutFromANameIsTheContentType() {
        Message message = parse("<|channel|>commentary to=functions.shelljson<|message|>{}<|call|>")
                .getFirst();
        assertThat(message.recipient()).isEqualTo("functions.shell");
        assertThat(message.contentType()).isEqualTo("json");
    }

    @Test
    void channelMarkerInsideAToolNameEndsTheName() {
        Message message = parse(null, "<|start|>functions.shell<|channel|>commentary<|message|>x<|end|>")
                .getFirst();
        assertThat(message.author()).isEqualTo(Author.tool("functions.shell"));
        assertThat(message.channel()).isEqualTo("commentary");
    }

    @Test
    void garbageBehindTheRecipientIsKeptBesideTheFields() {
        Message message = parse("<|channel|>commentary to=functions.shell maybe this json works<|message|>{}<|call|>")
                .getFirst();
        assertThat(message.recipient()).isEqualTo("functions.shell");
        assertThat(message.contentType()).isEqualTo("json");
        assertThat(message.repairedHeader())
                .isEqualTo("<|channel|>commentary to=functions.shell maybe this json works");
    }

    @ParameterizedTest
    @CsvSource({"' <|constrain|>json', <|constrain|>json", "' json', json", "' <|constrain|> json', <|constrain|>json"})
    void finalHasAContentTypeAndNoRecipient(String written, String type) {
        Message message =
                parse("<|channel|>final" + written + "<|message|>{}<|return|>").getFirst();
        assertThat(message.recipient()).isNull();
        assertThat(message.contentType()).isEqualTo(type);
        assertThat(message.kind()).isEqualTo(MessageKind.TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "analysis, functions.shell, functions.shell",
        "commentary, browser.search, browser.search",
        "commentary, python, python",
        "final, shell, functions.shell",
    })
    void callIsACallOnWhateverChannel(String channel, String written, String recipient) {
        Message message = parse("<|channel|>" + channel + " to=" + written + "<|message|>{}<|call|>")
                .getFirst();
        assertThat(message.kind()).isEqualTo(MessageKind.CALL);
        assertThat(message.recipient()).isEqualTo(recipient);
        assertThat(message.channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|call|>", "<|end|>", "<|return|>", ""})
    void callIsACallHoweverItEnds(String end) {
        assertThat(parse("<|channel|>commentary to=functions.shell <|constrain|>json<|message|>{}" + end))
                .containsExactly(Message.call("shell", "{}"));
    }

    @Test
    void argumentsStayAsTheyWereWritten() {
        String arguments = "{\"a\":1}{\"b\":2} trailing";
        assertThat(parse("<|channel|>commentary to=functions.shell <|constrain|>json<|message|>" + arguments
                        + "<|call|>"))
                .containsExactly(Message.call("shell", arguments));
    }

    @Test
    void severalCallsAreAllCollected() {
        String call = "<|channel|>commentary to=functions.shell <|constrain|>json<|message|>{}<|end|>";
        assertThat(parse(call + "<|start|>assistant" + call))
                .containsExactly(Message.call("shell", "{}"), Message.call("shell", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|channel|>commentary<|message|>hi", "<|message|>hi", "<|channel|>musings<|message|>hi"})
    void whatIsNoReasoningAndNoCallIsForTheUser(String text) {
        assertThat(parse(text)).extracting(Message::kind).containsExactly(MessageKind.TEXT);
    }

    @Test
    void reasoningAloneIsDelivered() {
        assertThat(parse("<|channel|>analysis<|message|>Hm.<|return|>")).containsExactly(onAnalysis("Hm."));
        assertThat(parse("<|channel|>analysis<|message|>Hm.")).containsExactly(onAnalysis("Hm."));
    }

    @Test
    void headerWithoutMessageMarkerKeepsItsText() {
        assertThat(parse("<|channel|>analysis I must refuse<|end|><|start|>assistant<|channel|>final No.<|return|>"))
                .containsExactly(onAnalysis("I must refuse"), onFinal("No."));
        assertThat(parse("I must refuse<|end|>"))
                .containsExactly(Message.of(Author.of(Role.ASSISTANT), "I must refuse"));
        assertThat(parse("<|channel|>finalThe answer")).containsExactly(onFinal("The answer"));
    }

    @Test
    void callWithoutMessageMarkerIsACallOfADeclaredTool() {
        assertThat(parse("<|channel|>commentary to=functions.shell <|constrain|>json{\"a\":1}<|call|>"))
                .containsExactly(Message.call("shell", "{\"a\":1}"));
    }

    @Test
    void startInsideAHeaderBeginsItAnew() {
        assertThat(parse(null, "<|start|>assistant<|start|>assistant<|channel|>final<|message|>x<|end|>"))
                .containsExactly(onFinal("x"));
        assertThat(parse("Sure, <|start|>assistant<|channel|>final<|message|>x<|end|>"))
                .containsExactly(Message.of(Author.of(Role.ASSISTANT), "Sure,"), onFinal("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|start|>assistant<|channel|>final<|message|>", "<|channel|>final<|message|>"})
    void headerInsideContentEndsTheContent(String header) {
        assertThat(parse("<|channel|>analysis<|message|>Think." + header + "Done.<|return|>"))
                .containsExactly(onAnalysis("Think."), onFinal("Done."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|channel|>b<|start|>c", "<|start|>", "<|message|>b", "<|channel|>x<|message|>y"})
    void markersInsideContentThatOpenNoMessageAreText(String text) {
        assertThat(parse("<|channel|>final<|message|>a" + text + "<|return|>")).containsExactly(onFinal("a" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|channel|>", "<|constrain|>", "<|channel|>final to=", "<|start|>", "x ", "assistant "})
    void hugeHeaderIsReadInNearlyLinearTime(String unit) {
        // quadratic reading would take minutes; the limit is there to end it, not to measure
        CompletableFuture<List<Message>> messages =
                CompletableFuture.supplyAsync(() -> parse("<|channel|>" + unit.repeat(130_000)));
        assertThat(messages.orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
    }

    @Test
    void namedUserIsRead() {
        assertThat(parse(null, "<|start|>user:ann<|message|>hi<|end|>"))
                .containsExactly(Message.of(new Author(Role.USER, "ann"), "hi"));
    }

    @Test
    void roleGluedToTheChannelIsRead() {
        assertThat(parse(null, "<|start|>assistantanalysis<|message|>x<|end|>")
                        .getFirst()
                        .channel())
                .isEqualTo("analysis");
    }

    @Test
    void unknownIdsAreOneReplacementEach() {
        HarmonyParser parser = HarmonyParser.of(tokenizer, ParseMode.SERVER, null);
        for (int token : new int[] {200008, 64, 99_999_999, -1, 65, Integer.MIN_VALUE}) {
            parser.accept(token);
        }
        assertThat(parser.finish()).extracting(Message::text).containsExactly("a\uFFFD\uFFFDb\uFFFD");
    }

    @Test
    void messageThatThePromptBeganGoesOn() {
        Message begun = onFinal("The answer");
        HarmonyParser parser = HarmonyParser.continuing(tokenizer, begun, TOOLS);
        assertThat(parser.channel()).isEqualTo("final");
        for (int token : tokenizer.encode(" is 42.<|return|>", SpecialText.AS_SPECIAL)) {
            parser.accept(token);
        }
        assertThat(parser.finish()).containsExactly(onFinal("The answer is 42."));
    }

    @Test
    void deltasNameTheMessageTheyBelongTo() {
        List<String> deltas = new ArrayList<>();
        HarmonyParser parser = HarmonyParser.of(tokenizer, ParseMode.SERVER, Role.ASSISTANT);
        int[] cutEmoji = {9552}; // a space and the first bytes of an emoji
        for (int[] tokens : List.of(
                tokenizer.encode("<|channel|>analysis<|message|>a", SpecialText.AS_SPECIAL),
                cutEmoji,
                tokenizer.encode("<|end|><|channel|>final<|message|>b<|return|>", SpecialText.AS_SPECIAL))) {
            for (int token : tokens) {
                parser.accept(token);
                if (parser.delta() != null) {
                    deltas.add(parser.channel() + ":" + parser.delta());
                }
            }
        }
        assertThat(deltas).containsExactly("analysis:a", "analysis: ", "analysis:\uFFFD", "final:b");
    }

    private List<Message> parse(String text) {
        return parse(Role.ASSISTANT, text);
    }

    private List<Message> parse(Role role, String text) {
        HarmonyParser parser = HarmonyParser.server(tokenizer, role, TOOLS);
        for (int token : tokenizer.encode(text, SpecialText.AS_SPECIAL)) {
            parser.accept(token);
        }
        return parser.finish();
    }

    private static Message onAnalysis(String text) {
        return Message.assistant(Channel.ANALYSIS, text);
    }

    private static Message onFinal(String text) {
        return Message.assistant(Channel.FINAL, text);
    }
}
