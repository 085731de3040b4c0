package dev.gptoss.engine.runtime;

import dev.gptoss.engine.ContextLengthException;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.ToolChoice;
import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.harmony.Author;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.harmony.ToolNames;
import dev.gptoss.engine.harmony.ToolNamespace;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the prompt of a request and refuses what cannot be answered. Any thread. */
final class RequestPreparer {

    private final Tokenizer tokenizer;
    private final HarmonyRenderer renderer;
    private final ChatCompletion chat;
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
    }

    /**
     * @throws ContextLengthException if the prompt leaves no room for a token
     * @throws UnsupportedRequestException if the request asks for something that this model or engine cannot do
     */
    PreparedPrompt prepare(GenerationRequest request) {
        requirePossible(request);
        return switch (request.prompt()) {
            case Prompt.Chat prompt -> {
                Conversation whole = chat.complete(prompt.conversation(), request);
                int[] tokens = renderer.renderForCompletion(whole, Role.ASSISTANT, request.oldReasoning());
                ToolNames tools = ToolNames.of(whole);
                check(tokens, request);
                yield new PreparedPrompt(
                        tokens,
                        HarmonyParser.server(tokenizer, Role.ASSISTANT, tools),
                        !tools.all().isEmpty(),
                        null);
            }
            case Prompt.Tokens prompt -> {
                int[] tokens = prompt.ids().stream().mapToInt(Integer::intValue).toArray();
                if (tokens.length == 0) {
                    throw new IllegalArgumentException("the prompt has no tokens; give at least one");
                }
                check(tokens, request);
                ToolNames tools = ToolNames.of(request.tools().stream()
                        .map(tool -> ToolNamespace.FUNCTIONS + "." + tool.name())
                        .toList());
                yield new PreparedPrompt(tokens, parserAfter(tokens, tools), true, null);
            }
        };
    }

    private static void requirePossible(GenerationRequest request) {
        List<String> missing = new ArrayList<>();
        if (request.responseFormat() != null) {
            missing.add("a response format");
        }
        if (request.toolChoice() instanceof ToolChoice.Required || request.toolChoice() instanceof ToolChoice.Named) {
            missing.add("a required tool");
        }
        if (request.reasoningBudget() != null) {
            missing.add("a reasoning budget");
        }
        if (!missing.isEmpty()) {
            throw new UnsupportedRequestException(
                    "This engine cannot yet enforce " + String.join(", ", missing) + "; leave it out.");
        }
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

    /** A parser placed where a prompt of raw tokens ends: in its last message, or in text without any header. */
    private HarmonyParser parserAfter(int[] tokens, ToolNames tools) {
        int start = tokens.length - 1;
        while (start >= 0 && tokens[start] != SpecialTokens.START) {
            start--;
        }
        if (start < 0) {
            return HarmonyParser.continuing(tokenizer, Message.of(Author.of(Role.ASSISTANT), ""), tools);
        }
        int[] last = Arrays.copyOfRange(tokens, start + 1, tokens.length);
        if (Arrays.equals(last, tokenizer.encode(Role.ASSISTANT.word()))) {
            return HarmonyParser.server(tokenizer, Role.ASSISTANT, tools);
        }
        HarmonyParser parser = HarmonyParser.server(tokenizer, null, tools);
        for (int i = start; i < tokens.length; i++) {
            parser.accept(tokens[i]);
        }
        return parser;
    }
}
