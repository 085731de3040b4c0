package dev.gptoss.samples.nano;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A prompt, what the reference continues it with, and what would be right.
 *
 * @param sure number of reference ids before the first whose margin was below 1e-3
 * @param isRight whether the reference's continuation met the expectation
 */
record EvaluationCase(
        String id,
        String family,
        List<Integer> prompt,
        List<Integer> ids,
        int sure,
        JsonNode expectation,
        boolean isRight) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** All cases. */
    static List<EvaluationCase> all() {
        List<JsonNode> greedy = lines("/greedy.jsonl");
        List<JsonNode> evaluation = lines("/eval.jsonl");
        List<EvaluationCase> cases = new ArrayList<>();
        for (int i = 0; i < greedy.size(); i++) {
            JsonNode tokens = greedy.get(i);
            JsonNode text = evaluation.get(i);
            if (!tokens.path("id").equals(text.path("id"))) {
                throw new IllegalStateException("greedy.jsonl and eval.jsonl differ at line " + (i + 1));
            }
            cases.add(new EvaluationCase(
                    tokens.path("id").stringValue(),
                    text.path("family").stringValue(),
                    ids(tokens.path("prompt")),
                    ids(tokens.path("ids")),
                    tokens.path("sure").intValue(),
                    text.path("expect"),
                    text.path("unconstrained_right").booleanValue()));
        }
        return cases;
    }

    private static List<Integer> ids(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::intValue)
                .toList();
    }

    private static List<JsonNode> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(EvaluationCase.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().map(MAPPER::readTree).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
