package dev.gptoss.engine.constrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.MessageKind;
import dev.gptoss.engine.harmony.ParseMode;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyConstraintTests {

    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int WALKS = Boolean.getBoolean("gptoss.full") ? 2000 : 200;

    private static final CallableTool GET = function("functions.get_weather");
    private static final CallableTool GET_MORE = function("functions.get_weather_report");
    private static final CallableTool PYTHON =
            new CallableTool("python", List.of(Channel.ANALYSIS, Channel.COMMENTARY), List.of("code"), null);

    @Test
    void withoutToolsThereIsReasoningAndAnswerAlone() {
        HarmonyConstraint turn = turn(rules(List.of(), false, null));
        assertThat(permitted(turn)).containsExactly(SpecialTokens.CHANNEL);
        turn.accept(SpecialTokens.CHANNEL);
        assertThat(texts(turn)).containsExactlyInAnyOrder("analysis", "final");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>final<|message|>Hi<|return|>",
                "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Hi<|return|>",
                "<|channel|>commentary<|message|>I look<|end|><|start|>assistant<|channel|>commentary"
                        + " to=functions.get_weather <|constrain|>json<|message|>{}<|call|>",
                " to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>{}<|call|>",
                " to=functions.get_weather_report<|channel|>commentary<|message|>{}<|end|><|start|>assistant"
                        + "<|channel|>commentary to=functions.get_weather json<|message|>{}<|call|>",
                "<|channel|>analysis to=python code<|message|>print(1)<|call|>",
                "<|channel|>commentary to=python<|message|>print(1)<|call|>"
            })
    void whatTheFormatAllowsIsPermitted(String text) {
        HarmonyConstraint turn = turn(rules(List.of(GET, GET_MORE, PYTHON), false, null));
        say(turn, text);
        assertThat(permitted(turn)).isEmpty();
        assertThat(turn.shortestClose()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>commentary to=functions.other<|message|>",
                "<|channel|>commentary to=browser.search<|message|>",
                "<|channel|>analysis to=functions.get_weather<|message|>",
                "<|channel|>final to=functions.get_weather<|message|>",
                "<|channel|>analysis<|message|>hm<|return|>",
                "<|channel|>commentary<|message|>I look<|return|>",
                "<|channel|>final<|message|>Hi<|end|>",
                "<|channel|>final<|message|>Hi<|channel|>",
                "<|channel|>analysis<|message|>hm<|end|><|start|>user",
                "<|channel|>commentary to=functions.get_weather<|message|>{}<|end|><|start|>assistant<|channel|>final",
                "<|message|>"
            })
    void whatItDoesNotAllowIsNot(String text) {
        HarmonyConstraint turn = turn(rules(List.of(GET, GET_MORE, PYTHON), false, null));
        int[] tokens = ids(text);
        for (int i = 0; i < tokens.length - 1; i++) {
            if (!turn.permits(tokens[i])) {
                return;
            }
            turn.accept(tokens[i]);
        }
        assertThat(turn.permits(tokens[tokens.length - 1])).isFalse();
        assertThatThrownBy(() -> turn.accept(tokens[tokens.length - 1])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requiredCallLeavesNoAnswer() {
        HarmonyConstraint turn = turn(rules(List.of(GET), true, null));
        turn.accept(SpecialTokens.CHANNEL);
        assertThat(texts(turn)).containsExactlyInAnyOrder("analysis", "commentary");
        assertThat(turn.mayBreakOff()).isFalse();
    }

    @Test
    void budgetOfNothingForcesTheAnswer() {
        HarmonyConstraint turn = turn(rules(List.of(), false, 0));
        List<Integer> forced = new ArrayList<>();
        for (int[] next = turn.forced(); next.length > 0; next = turn.forced()) {
            for (int token : next) {
                turn.accept(token);
                forced.add(token);
            }
        }
        assertThat(forced.stream().mapToInt(Integer::intValue).toArray()).isEqualTo(ids("<|channel|>final<|message|>"));
    }

    @Test
    void spentBudgetEndsTheReasoning() {
        HarmonyConstraint turn = turn(rules(List.of(), false, 10));
        say(turn, "<|channel|>analysis<|message|>one two three four five six");
        assertThat(permitted(turn)).containsExactly(SpecialTokens.END);
        turn.accept(SpecialTokens.END);
        say(turn, "<|start|>assistant<|channel|>");
        assertThat(texts(turn)).containsExactly("final");
    }

    @Test
    void restOfAHeaderIsForeseenOnceItIsDecided() {
        HarmonyConstraint turn = turn(rules(List.of(GET, GET_MORE), false, null));
        say(turn, "<|channel|>commentary to=functions.get_weather");
        assertThat(turn.draft()).isEmpty();
        turn.accept(ids(" ")[0]);
        assertThat(turn.draft()).isEqualTo(ids("<|constrain|>json<|message|>"));
        HarmonyConstraint other = turn(rules(List.of(GET), false, null));
        say(other, "<|channel|>");
        assertThat(other.draft()).isEmpty();
    }

    @Test
    void textOfReasoningIsFree() {
        HarmonyConstraint turn = turn(rules(List.of(), false, null));
        say(turn, "<|channel|>analysis<|message|>");
        BitSet permitted = permittedSet(turn);
        assertThat(permitted.nextClearBit(0)).isEqualTo(SpecialTokens.FIRST);
        assertThat(permitted.cardinality()).isEqualTo(SpecialTokens.FIRST + 1);
        assertThat(permitted.get(SpecialTokens.END)).isTrue();
    }

    @Test
    void everyWalkIsAWholeTurn() {
        Random random = new Random(11);
        for (int walk = 0; walk < WALKS; walk++) {
            List<CallableTool> tools = List.of(GET, GET_MORE, PYTHON).subList(0, random.nextInt(4));
            boolean isRequired = !tools.isEmpty() && random.nextInt(3) == 0;
            Integer budget = random.nextBoolean() ? null : random.nextInt(60);
            HarmonyConstraint turn = turn(rules(tools, isRequired, budget));
            List<Integer> said = walk(turn, random, 20 + random.nextInt(80));
            checkTurn(said, tools, isRequired, budget);
        }
    }

    /** Draws from the mask, then closes; checks on the way that all views of a state agree. */
    private static List<Integer> walk(HarmonyConstraint turn, Random random, int length) {
        List<Integer> said = new ArrayList<>();
        while (said.size() < length) {
            int[] permitted = permitted(turn);
            if (permitted.length == 0) {
                return said;
            }
            int[] close = turn.shortestClose();
            assertThat(close.length).as("%s", turn).isLessThanOrEqualTo(turn.closeBound());
            int[] forced = turn.forced();
            if (forced.length > 0) {
                assertThat(permitted).containsExactly(forced[0]);
            }
            HarmonyConstraint foreseen = turn.fork();
            for (int token : turn.draft()) {
                foreseen.accept(token);
            }
            int foreign = random.nextInt(SpecialTokens.VOCABULARY_SIZE);
            assertThat(turn.permits(foreign)).isEqualTo(Arrays.binarySearch(permitted, foreign) >= 0);
            // terminators are rare among 200,000 tokens: choose them as often as text
            int last = permitted[permitted.length - 1];
            int token = last >= SpecialTokens.FIRST && random.nextInt(4) == 0
                    ? last
                    : permitted[random.nextInt(permitted.length)];
            turn.accept(token);
            said.add(token);
        }
        for (int token : turn.shortestClose()) {
            assertThat(turn.permits(token)).isTrue();
            turn.accept(token);
            said.add(token);
        }
        assertThat(turn.shortestClose()).isEmpty();
        assertThat(turn.mayBreakOff()).isTrue();
        return said;
    }

    private static void checkTurn(
            List<Integer> said, List<CallableTool> tools, boolean isRequired, @Nullable Integer budget) {
        int[] tokens = said.stream().mapToInt(Integer::intValue).toArray();
        String text = TOKENIZER.decode(tokens);
        List<Message> messages = HarmonyParser.parse(TOKENIZER, ParseMode.SERVER, Role.ASSISTANT, tokens);
        List<String> names = tools.stream().map(CallableTool::recipient).toList();
        int reasoning = 0;
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean isLast = i == messages.size() - 1;
            switch (message.kind()) {
                case CALL -> assertThat(names).as(text).contains(message.recipient());
                case TEXT ->
                    assertThat(Channel.FINAL.is(message.channel())).as(text).isEqualTo(isLast);
                case REASONING -> reasoning++;
                case INPUT -> throw new AssertionError("a message that is not the assistant's: " + text);
            }
            assertThat(message.repairedHeader()).as(text).isNull();
        }
        MessageKind end = messages.getLast().kind();
        assertThat(end).as(text).isIn(MessageKind.CALL, MessageKind.TEXT);
        if (isRequired) {
            assertThat(end).as(text).isEqualTo(MessageKind.CALL);
        }
        if (budget != null && reasoning > 0) {
            assertThat(reasoningTokens(tokens)).as(text).isLessThanOrEqualTo(budget);
        }
    }

    /** Tokens of messages whose header is that of reasoning, from {@code <|start|>} to {@code <|end|>}. */
    private static int reasoningTokens(int[] tokens) {
        int[] header = ids("<|channel|>analysis<|message|>");
        int count = 0;
        int start = 0;
        for (int i = 0; i < tokens.length; i++) {
            boolean ends = tokens[i] == SpecialTokens.END
                    || tokens[i] == SpecialTokens.CALL
                    || tokens[i] == SpecialTokens.RETURN;
            if (ends) {
                int from = start == 0 ? 0 : start + 2;
                int to = Math.min(tokens.length, from + header.length);
                if (Arrays.equals(tokens, from, to, header, 0, header.length)) {
                    count += i + 1 - start;
                }
                start = i + 1;
            }
        }
        return count;
    }

    private static CallableTool function(String recipient) {
        return new CallableTool(recipient, List.of(Channel.COMMENTARY), List.of("<|constrain|>json", "json"), null);
    }

    private static TurnRules rules(List<CallableTool> tools, boolean isRequired, @Nullable Integer budget) {
        return new TurnRules(tools, isRequired, null, budget);
    }

    private static HarmonyConstraint turn(TurnRules rules) {
        return HarmonyConstraint.of(rules, TOKENIZER);
    }

    private static void say(HarmonyConstraint turn, String text) {
        for (int token : ids(text)) {
            assertThat(turn.permits(token))
                    .as("%s in %s", TOKENIZER.decode(token), text)
                    .isTrue();
            turn.accept(token);
        }
    }

    private static int[] ids(String text) {
        return TOKENIZER.encode(text, SpecialText.AS_SPECIAL);
    }

    private static List<String> texts(HarmonyConstraint turn) {
        return Arrays.stream(permitted(turn))
                .mapToObj(TOKENIZER::decode)
                .map(HarmonyConstraintTests::whole)
                .toList();
    }

    private static String whole(String beginning) {
        return beginning.equals("comment") ? "commentary" : beginning;
    }

    private static int[] permitted(HarmonyConstraint turn) {
        return permittedSet(turn).stream().toArray();
    }

    private static BitSet permittedSet(HarmonyConstraint turn) {
        long[] words = new long[(SpecialTokens.VOCABULARY_SIZE + 63) / 64];
        Arrays.fill(words, -1L);
        assertThat(turn.mask(words)).isTrue();
        return BitSet.valueOf(words);
    }
}
