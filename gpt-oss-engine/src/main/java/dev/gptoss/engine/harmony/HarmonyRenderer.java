package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.List;

/**
 * Renders conversations to token ids, the same ids as the reference library. Markers are emitted as ids and every text
 * is encoded by itself as ordinary text, so nothing that a text says can open or close a message. Immutable.
 */
public final class HarmonyRenderer {

    private final Tokenizer tokenizer;

    public HarmonyRenderer(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * All messages.
     *
     * @throws IllegalArgumentException if a tool message has no name, or a content stands in a role it is not for
     */
    public int[] render(Conversation conversation, OldReasoning oldReasoning) {
        return all(conversation, oldReasoning).toArray();
    }

    /**
     * All messages and the opening of the next one: a prompt.
     *
     * @throws IllegalArgumentException as {@link #render}
     */
    public int[] renderForCompletion(Conversation conversation, Role nextRole, OldReasoning oldReasoning) {
        TokenList tokens = all(conversation, oldReasoning);
        add(tokens, HarmonyGrammar.opening(nextRole));
        return tokens.toArray();
    }

    /**
     * All messages and the beginning of a message of the assistant, for the model to go on inside it.
     *
     * @param begun its header, and the text that its content starts with
     * @throws IllegalArgumentException as {@link #render}
     */
    public int[] renderForContinuation(Conversation conversation, Message begun, OldReasoning oldReasoning) {
        TokenList tokens = all(conversation, oldReasoning);
        add(tokens, HarmonyGrammar.header(begun));
        tokens.add(tokenizer.encode(begun.text()));
        return tokens.toArray();
    }

    /**
     * All messages; a final answer at the end is closed by {@code <|return|>}, as the model is to say it.
     *
     * @throws IllegalArgumentException as {@link #render}
     */
    public int[] renderForTraining(Conversation conversation, OldReasoning oldReasoning) {
        TokenList tokens = all(conversation, oldReasoning);
        List<Message> messages = conversation.messages();
        if (!messages.isEmpty() && isFinalAnswer(messages.getLast())) {
            tokens.setLast(SpecialTokens.RETURN);
        }
        return tokens.toArray();
    }

    /** The ids of pieces of the grammar, such as a forced header. */
    public int[] encode(List<Piece> pieces) {
        TokenList tokens = new TokenList();
        add(tokens, pieces);
        return tokens.toArray();
    }

    private TokenList all(Conversation conversation, OldReasoning oldReasoning) {
        boolean hasFunctions = conversation.hasFunctions();
        TokenList tokens = new TokenList();
        for (Message message : ReasoningFilter.keep(conversation.messages(), oldReasoning)) {
            add(tokens, HarmonyGrammar.header(message));
            for (Content content : message.content()) {
                tokens.add(tokenizer.encode(ContentText.of(message.author().role(), content, hasFunctions)));
            }
            tokens.add(HarmonyGrammar.terminator(message));
        }
        return tokens;
    }

    private void add(TokenList tokens, List<Piece> pieces) {
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Marker marker -> tokens.add(marker.token());
                case Piece.Text text -> tokens.add(tokenizer.encode(text.text()));
            }
        }
    }

    private static boolean isFinalAnswer(Message message) {
        return message.author().role() == Role.ASSISTANT && Channel.FINAL.is(message.channel());
    }
}
