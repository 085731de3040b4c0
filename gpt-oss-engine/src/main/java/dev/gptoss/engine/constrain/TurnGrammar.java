package dev.gptoss.engine.constrain;

import dev.gptoss.engine.harmony.Author;
import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.HarmonyGrammar;
import dev.gptoss.engine.harmony.HarmonyRenderer;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.Piece;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a turn under its rules, as tokens. A recipient may stand before the channel, as rendered, or after it,
 * as models write it; names are spelled in canonical tokens, the only ones a model was trained on.
 */
final class TurnGrammar {

    private final TurnRules rules;
    private final HarmonyRenderer renderer;
    private final int[] role;
    private final HeaderNode headers = new HeaderNode();
    private final int reasoningHeaderLength;

    TurnGrammar(TurnRules rules, Tokenizer tokenizer) {
        this.rules = rules;
        renderer = new HarmonyRenderer(tokenizer);
        role = tokenizer.encode(Role.ASSISTANT.word());
        int[] reasoning = renderer.encode(HarmonyGrammar.generatedHeader(Channel.ANALYSIS, null, null));
        reasoningHeaderLength = reasoning.length;
        headers.add(reasoning, new MessageTarget(MessageTarget.Kind.REASONING, null, null));
        addAnswer();
        if (!rules.tools().isEmpty()) {
            add(Channel.COMMENTARY, null, new MessageTarget(MessageTarget.Kind.PREAMBLE, null, null));
            rules.tools().forEach(this::addCalls);
        }
    }

    TurnRules rules() {
        return rules;
    }

    /** What stands between {@code <|start|>} and the header: the assistant's role. */
    int[] role() {
        return role;
    }

    /** The headers that may stand after the role. */
    HeaderNode headers() {
        return headers;
    }

    int reasoningHeaderLength() {
        return reasoningHeaderLength;
    }

    private void addAnswer() {
        MessageTarget answer = new MessageTarget(MessageTarget.Kind.ANSWER, null, rules.answer());
        add(Channel.FINAL, null, answer);
        if (rules.answer() != null) {
            add(Channel.FINAL, HarmonyGrammar.CONSTRAINED_JSON, answer);
        }
    }

    private void add(Channel channel, @Nullable String contentType, MessageTarget target) {
        headers.add(renderer.encode(HarmonyGrammar.generatedHeader(channel, null, contentType)), target);
    }

    private void addCalls(CallableTool tool) {
        MessageTarget target = new MessageTarget(MessageTarget.Kind.CALL, tool, tool.arguments());
        List<@Nullable String> types = new ArrayList<>(tool.contentTypes());
        types.add(null);
        for (Channel channel : tool.channels()) {
            for (String type : types) {
                headers.add(renderer.encode(HarmonyGrammar.generatedHeader(channel, tool.recipient(), type)), target);
                headers.add(renderer.encode(rendered(channel, tool.recipient(), type)), target);
            }
        }
    }

    /** A header as it is rendered, from after the role. */
    private static List<Piece> rendered(Channel channel, String recipient, @Nullable String type) {
        Message message = new Message(Author.of(Role.ASSISTANT), recipient, channel.word(), type, List.of(), null);
        List<Piece> pieces = HarmonyGrammar.header(message);
        return pieces.subList(HarmonyGrammar.opening(Role.ASSISTANT).size(), pieces.size());
    }
}
