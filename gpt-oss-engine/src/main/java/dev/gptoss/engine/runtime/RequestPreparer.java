package dev.gptoss.engine.runtime;

import dev.gptoss.engine.ContextLengthException;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.harmony.ToolNames;
import dev.gptoss.engine.harmony.ToolNamespace;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the prompt of a request and refuses what cannot be answered. Any thread. */
final class RequestPreparer {

    /** A name that stands in a header without being taken apart. */
    private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private final Tokenizer tokenizer;
    private final HarmonyRenderer renderer;
    private final ChatCompletion chat;
    private final TurnConstraints constraints;
    private final int vocabulary;
    private final int contextLength;

    /**
     * @param vocabulary rows of the model's vocabulary
     * @param contextLength most positions of a sequence
     */
    RequestPreparer(Tokenizer tokenizer, Clock clock, int vocabulary, int contextLength) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.contextLength = contextLength;
        renderer = new HarmonyRenderer(tokenizer);
        chat = new ChatCompletion(clock);
        constraints = new TurnConstraints(tokenizer);
    }

    /**
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws UnsupportedRequestException if the request asks for something that this model or engine cannot do
     */
    PreparedPrompt prepare(GenerationRequest request) {
        checkTools(request);
        if (request.responseFormat() != null && !request.stop().isEmpty()) {
            throw new UnsupportedRequestException("Stop strings could cut an answer that has to follow a response"
                    + " format. Leave out one of them.");
        }
        return switch (request.prompt()) {
            case Prompt.Chat prompt -> chat(prompt.conversation(), request);
            case Prompt.Tokens prompt ->
                raw(prompt.ids().stream().mapToInt(Integer::intValue).toArray(), request);
        };
    }

    /** Chat turns are always constrained: without tools to the forms of headers and their order. */
    private PreparedPrompt chat(Conversation conversation, GenerationRequest request) {
        Conversation whole = chat.complete(conversation, request);
        int[] tokens = renderer.renderForCompletion(whole, Role.ASSISTANT, request.oldReasoning());
        check(tokens, request);
        ToolNames tools = ToolNames.of(whole);
        return new PreparedPrompt(
                tokens,
                HarmonyParser.server(tokenizer, Role.ASSISTANT, tools),
                !tools.all().isEmpty(),
                hasFullVocabulary() ? constraints.of(request, DeclaredTools.of(whole)) : unconstrained(request));
    }

    /** Raw tokens are continued as they are, unless the request promises something. */
    private PreparedPrompt raw(int[] tokens, GenerationRequest request) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("the prompt has no tokens; give at least one");
        }
        check(tokens, request);
        ToolNames tools = ToolNames.of(request.tools().stream()
                .map(tool -> ToolNamespace.FUNCTIONS + "." + tool.name())
                .toList());
        PromptEnd end = PromptEnd.of(tokens, tokenizer);
        Constraint constraint = promisesSomething(request) && hasFullVocabulary()
                ? end.place(constraints.of(request, List.of(ToolNamespace.functions(request.tools()))))
                : unconstrained(request);
        return new PreparedPrompt(tokens, end.parser(tools), true, constraint);
    }

    private @Nullable Constraint unconstrained(GenerationRequest request) {
        if (promisesSomething(request)) {
            throw new UnsupportedRequestException("The model's vocabulary has " + vocabulary
                    + " tokens and none of the harmony format: tools, response format, and reasoning budget cannot be"
                    + " enforced. Leave them out.");
        }
        return null;
    }

    private static boolean promisesSomething(GenerationRequest request) {
        return !request.tools().isEmpty()
                || !(request.toolChoice() instanceof ToolChoice.Auto)
                || request.responseFormat() != null
                || request.reasoningBudget() != null;
    }

    private boolean hasFullVocabulary() {
        return vocabulary >= SpecialTokens.VOCABULARY_SIZE;
    }

    private static void checkTools(GenerationRequest request) {
        Set<String> names = new HashSet<>();
        request.tools().forEach(tool -> {
            if (!TOOL_NAME.matcher(tool.name()).matches()) {
                throw new IllegalArgumentException(
                        "tool name must be 1 to 128 letters, digits, _, - or ., was '" + tool.name() + "'");
            }
            if (!names.add(tool.name())) {
                throw new IllegalArgumentException("tool " + tool.name() + " is declared twice");
            }
        });
    }

    private void check(int[] tokens, GenerationRequest request) {
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabulary) {
                throw new IllegalArgumentException("token " + tokens[i] + " at position " + i
                        + " of the prompt is outside the model's vocabulary of " + vocabulary + " tokens");
            }
        }
        for (int id : request.sampling().logitBias().keySet()) {
            if (id >= vocabulary) {
                throw new IllegalArgumentException(
                        "logitBias names token " + id + ", the model's vocabulary has " + vocabulary);
            }
        }
        Integer contextLimit = request.contextLimit();
        int most = contextLimit == null ? contextLength : Math.min(contextLimit, contextLength);
        if (tokens.length >= most) {
            throw new ContextLengthException(tokens.length, most);
        }
    }
}
