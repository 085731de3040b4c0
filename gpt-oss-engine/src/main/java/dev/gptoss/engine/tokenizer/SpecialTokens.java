package dev.gptoss.engine.tokenizer;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of o200k_harmony that are not byte strings: 199998 up to the end of the vocabulary. */
public final class SpecialTokens {

    /** First id that is special; everything below is a byte string. */
    public static final int FIRST = 199_998;

    /** Beginning of a document; never put before a prompt. */
    public static final int STARTOFTEXT = 199_998;

    /** End of a document; ends generation. */
    public static final int ENDOFTEXT = 199_999;

    /** End of the assistant's turn; ends generation. */
    public static final int RETURN = 200_002;

    /** Content-type marker in a header. */
    public static final int CONSTRAIN = 200_003;

    /** Channel marker in a header. */
    public static final int CHANNEL = 200_005;

    /** Start of a message. */
    public static final int START = 200_006;

    /** End of a message; generation may go on. */
    public static final int END = 200_007;

    /** End of a header. */
    public static final int MESSAGE = 200_008;

    /** End of a tool call; ends generation. */
    public static final int CALL = 200_012;

    /** End of a prompt; unused by harmony, which knows it as {@code <|reserved_200018|>}. */
    public static final int ENDOFPROMPT = 200_018;

    /** Number of vocabulary rows; ids from 0 to one less can be embedded. */
    public static final int VOCABULARY_SIZE = 201_088;

    /** Ids that end a generation. */
    public static final Set<Integer> GENERATION_ENDS = Set.of(RETURN, CALL, ENDOFTEXT);

    /** Characters of the longest special text, {@code <|reserved_200018|>}. */
    static final int LONGEST_TEXT = 19;

    /** Last id with a text: one past the vocabulary, as the reference registers it. It decodes and never encodes. */
    static final int LAST_DECODABLE = 201_088;

    private static final String RESERVED = "<|reserved_";

    private SpecialTokens() {}

    /** Whether the id is one of the special ones, reserved ones included. */
    public static boolean isSpecial(int id) {
        return id >= FIRST && id <= LAST_DECODABLE;
    }

    /** Whether the id ends a generation. */
    public static boolean endsGeneration(int id) {
        return id == RETURN || id == CALL || id == ENDOFTEXT;
    }

    /** Whether the id has no role in the format, so that it must never be sampled whatever its logit. */
    public static boolean isNeverSampled(int id) {
        return switch (id) {
            case ENDOFTEXT, RETURN, CONSTRAIN, CHANNEL, START, END, MESSAGE, CALL -> false;
            default -> id >= FIRST;
        };
    }

    /**
     * The text that stands for a special id, such as {@code <|start|>}.
     *
     * @throws IllegalArgumentException if the id is not special
     */
    public static String text(int id) {
        return switch (id) {
            case STARTOFTEXT -> "<|startoftext|>";
            case ENDOFTEXT -> "<|endoftext|>";
            case RETURN -> "<|return|>";
            case CONSTRAIN -> "<|constrain|>";
            case CHANNEL -> "<|channel|>";
            case START -> "<|start|>";
            case END -> "<|end|>";
            case MESSAGE -> "<|message|>";
            case CALL -> "<|call|>";
            default -> {
                if (!isSpecial(id)) {
                    throw new IllegalArgumentException(
                            id + " is not a special token; those are " + FIRST + " to " + LAST_DECODABLE);
                }
                yield RESERVED + id + "|>";
            }
        };
    }

    /** The special id whose text this is, or null. Id 200018 has two texts; the id past the vocabulary has none. */
    public static @Nullable Integer idOf(String text) {
        return switch (text) {
            case "<|startoftext|>" -> STARTOFTEXT;
            case "<|endoftext|>" -> ENDOFTEXT;
            case "<|return|>" -> RETURN;
            case "<|constrain|>" -> CONSTRAIN;
            case "<|channel|>" -> CHANNEL;
            case "<|start|>" -> START;
            case "<|end|>" -> END;
            case "<|message|>" -> MESSAGE;
            case "<|call|>" -> CALL;
            case "<|endofprompt|>" -> ENDOFPROMPT;
            default -> reservedId(text);
        };
    }

    private static @Nullable Integer reservedId(String text) {
        if (text.length() != LONGEST_TEXT || !text.startsWith(RESERVED) || !text.endsWith("|>")) {
            return null;
        }
        int id = 0;
        for (int i = RESERVED.length(); i < LONGEST_TEXT - 2; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            id = 10 * id + digit;
        }
        boolean reserved = id >= FIRST && id < VOCABULARY_SIZE && text(id).equals(text);
        return reserved ? Integer.valueOf(id) : null;
    }
}
