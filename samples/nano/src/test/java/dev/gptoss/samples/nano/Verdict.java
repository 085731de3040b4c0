package dev.gptoss.samples.nano;

import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ParseMode;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer is worth.
 *
 * @param isRight whether the expectation is met: the call with every argument, the JSON value, or the pattern
 * @param isWellFormed whether the turn ended by itself and the arguments of every call are JSON
 */
record Verdict(boolean isRight, boolean isWellFormed) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static Verdict of(EvaluationCase task, List<Integer> tokens) {
        int[] ids = tokens.stream().mapToInt(Integer::intValue).toArray();
        List<Message> messages = HarmonyParser.parse(Tokenizer.o200kHarmony(), ParseMode.SERVER, Role.ASSISTANT, ids);
        List<Message> calls =
                messages.stream().filter(message -> message.recipient() != null).toList();
        boolean ends = ids.length > 0
                && (ids[ids.length - 1] == SpecialTokens.RETURN || ids[ids.length - 1] == SpecialTokens.CALL);
        return new Verdict(
                isRight(task.expectation(), messages, calls),
                ends && calls.stream().allMatch(call -> json(call.text()) != null));
    }

    private static boolean isRight(JsonNode expectation, List<Message> messages, List<Message> calls) {
        if (expectation.path("type").stringValue().equals("call")) {
            return !calls.isEmpty()
                    && ("functions." + expectation.path("name").stringValue())
                            .equals(calls.getLast().recipient())
                    && expectation.path("arguments").equals(json(calls.getLast().text()));
        }
        List<Message> answers = messages.stream()
                .filter(message -> Channel.FINAL.is(message.channel()))
                .toList();
        if (answers.isEmpty()) {
            return false;
        }
        String answer = answers.getLast().text();
        return expectation.path("type").stringValue().equals("json")
                ? expectation.path("value").equals(json(answer))
                : Pattern.compile(expectation.path("regex").stringValue())
                        .matcher(answer)
                        .find();
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            return null;
        }
    }
}
