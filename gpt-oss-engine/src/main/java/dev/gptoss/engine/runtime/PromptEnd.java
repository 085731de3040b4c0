package dev.gptoss.engine.runtime;

import dev.gptoss.engine.UnsupportedRequestException;
import dev.gptoss.engine.constrain.Constraint;
import dev.gptoss.engine.constrain.HarmonyConstraint;
import dev.gptoss.engine.harmony.Author;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.harmony.ToolNames;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * Where a prompt of raw tokens ends: after a message, after {@code <|start|>assistant}, inside a message it has begun,
 * or in plain text without any header, which is then text for the user.
 */
final class PromptEnd {

    private final Tokenizer tokenizer;
    private final boolean hasStart;

    /** From after the last {@code <|start|>}. */
    private final int[] last;

    private PromptEnd(Tokenizer tokenizer, boolean hasStart, int[] last) {
        this.tokenizer = tokenizer;
        this.hasStart = hasStart;
        this.last = last;
    }

    static PromptEnd of(int[] tokens, Tokenizer tokenizer) {
        int start = tokens.length - 1;
        while (start >= 0 && tokens[start] != SpecialTokens.START) {
            start--;
        }
        return new PromptEnd(tokenizer, start >= 0, Arrays.copyOfRange(tokens, start + 1, tokens.length));
    }

    /** A parser for what follows. */
    HarmonyParser parser(ToolNames tools) {
        if (!hasStart) {
            return HarmonyParser.continuing(tokenizer, Message.of(Author.of(Role.ASSISTANT), ""), tools);
        }
        int[] role = role();
        boolean isAssistant = startsWith(role);
        HarmonyParser parser = HarmonyParser.server(tokenizer, isAssistant ? Role.ASSISTANT : null, tools);
        if (!isAssistant) {
            parser.accept(SpecialTokens.START);
        }
        for (int i = isAssistant ? role.length : 0; i < last.length; i++) {
            parser.accept(last[i]);
        }
        return parser;
    }

    /**
     * Places a constraint that stands after {@code <|start|>assistant} where the prompt ends.
     *
     * @throws UnsupportedRequestException if the prompt does not end in a turn of the assistant
     */
    Constraint place(HarmonyConstraint constraint) {
        int[] role = role();
        boolean isAfterMessage = last.length > 0
                && (last[last.length - 1] == SpecialTokens.END || last[last.length - 1] == SpecialTokens.CALL);
        if (isAfterMessage) {
            return constraint.beforeStart();
        }
        if (!hasStart || !startsWith(role)) {
            throw new UnsupportedRequestException("Tools, response format and reasoning budget are kept from"
                    + " <|start|>assistant on, and the prompt does not end in a message of the assistant.");
        }
        for (int i = role.length; i < last.length; i++) {
            if (!constraint.permits(last[i])) {
                throw new UnsupportedRequestException("The prompt begins an answer that the request's tools or"
                        + " response format do not allow, at token " + last[i] + ", " + (last.length - i)
                        + " before its end.");
            }
            constraint.accept(last[i]);
        }
        return constraint;
    }

    private int[] role() {
        return tokenizer.encode(Role.ASSISTANT.word());
    }

    private boolean startsWith(int[] beginning) {
        return last.length >= beginning.length
                && Arrays.equals(last, 0, beginning.length, beginning, 0, beginning.length);
    }
}
