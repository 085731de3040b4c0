package dev.gptoss.spring.test;

import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.harmony.ToolDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Refuses replies that a real engine cannot give, so that no test stands on one. */
final class ScriptCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ScriptCheck() {}

    static void check(Reply reply, GenerationRequest request) {
        List<String> declared =
                request.tools().stream().map(ToolDefinition::name).toList();
        for (Reply.Call call : reply.calls()) {
            require(
                    declared.contains(call.name()),
                    "calls the tool '" + call.name() + "', declared are " + declared + ".");
            JsonNode arguments = parse(call.arguments());
            require(
                    arguments != null && arguments.isObject(),
                    "calls '" + call.name() + "' with arguments that are no JSON object: " + call.arguments());
        }
        boolean isWhole = reply.calls().isEmpty() && reply.failure() == null && reply.ending() == null;
        require(
                request.responseFormat() == null || !isWhole || parse(reply.text()) != null,
                "answers with text that is no JSON, though the request has a schema: " + reply.text());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("The scripted reply " + otherwise
                    + " The engine's decoder makes this impossible; correct the script.");
        }
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException e) {
            return null;
        }
    }
}
