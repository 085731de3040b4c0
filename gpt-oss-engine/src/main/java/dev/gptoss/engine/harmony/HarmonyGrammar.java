package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of a message, told once for rendering, parsing and constraining:
 *
 * <pre>
 * &lt;|start|&gt;HEADER&lt;|message|&gt;CONTENT TERMINATOR
 *
 * as rendered   ROLE[:NAME][ to=RECIPIENT][&lt;|channel|&gt;CHANNEL][ CONTENT_TYPE]
 * as generated  ROLE&lt;|channel|&gt;CHANNEL[ to=RECIPIENT][ CONTENT_TYPE]     (both are read)
 *
 * CONTENT_TYPE  a word, or &lt;|constrain|&gt; and a word
 * TERMINATOR    &lt;|end|&gt;, &lt;|call|&gt; after a tool call, &lt;|return|&gt; at the end of the turn
 * </pre>
 */
public final class HarmonyGrammar {

    /** What stands before a recipient in a header. */
    public static final String TO = "to=";

    /** The recipient that stands for everybody and is not written. */
    public static final String RECIPIENT_ALL = "all";

    /** Text of the channel marker. */
    public static final String CHANNEL_MARKER = SpecialTokens.text(SpecialTokens.CHANNEL);

    /** Text of the content-type marker. */
    public static final String CONSTRAIN_MARKER = SpecialTokens.text(SpecialTokens.CONSTRAIN);

    /** Content type of arguments and answers that follow a schema. */
    public static final String CONSTRAINED_JSON = CONSTRAIN_MARKER + "json";

    /** Words that models write as content type. */
    static final Set<String> TYPE_WORDS = Set.of("json", "code", "text");

    private HarmonyGrammar() {}

    /** Whether a token ends a message: {@code <|end|>}, {@code <|call|>} or {@code <|return|>}. */
    public static boolean endsMessage(int token) {
        return token == SpecialTokens.END || token == SpecialTokens.CALL || token == SpecialTokens.RETURN;
    }

    /** The token that ends a message in a stored conversation. */
    public static int terminator(Message message) {
        boolean call = message.author().role() == Role.ASSISTANT && message.recipient() != null;
        return call ? SpecialTokens.CALL : SpecialTokens.END;
    }

    /** What prompts for the next message: {@code <|start|>} and the role. */
    public static List<Piece> opening(Role role) {
        return List.of(new Piece.Marker(SpecialTokens.START), new Piece.Text(role.word()));
    }

    /**
     * A header as it is rendered, from {@code <|start|>} to {@code <|message|>}.
     *
     * @throws IllegalArgumentException if a tool has no name
     */
    public static List<Piece> header(Message message) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece.Marker(SpecialTokens.START));
        addAuthor(pieces, message.author());
        String recipient = message.recipient();
        if (recipient != null && !recipient.equals(RECIPIENT_ALL)) {
            pieces.add(new Piece.Text(" " + TO + recipient));
        }
        addChannel(pieces, message.channel());
        addContentType(pieces, message.contentType());
        pieces.add(new Piece.Marker(SpecialTokens.MESSAGE));
        return pieces;
    }

    /**
     * A header as the model writes it after {@code <|start|>assistant}, up to {@code <|message|>}; what is forced when
     * the channel or the tool is given.
     *
     * @param recipient such as {@code functions.get_weather}, or null
     * @param contentType such as {@link #CONSTRAINED_JSON}, or null
     */
    public static List<Piece> generatedHeader(
            Channel channel, @Nullable String recipient, @Nullable String contentType) {
        List<Piece> pieces = new ArrayList<>();
        addChannel(pieces, channel.word());
        if (recipient != null) {
            pieces.add(new Piece.Text(" " + TO + recipient));
        }
        addContentType(pieces, contentType);
        pieces.add(new Piece.Marker(SpecialTokens.MESSAGE));
        return pieces;
    }

    private static void addAuthor(List<Piece> pieces, Author author) {
        String name = author.name();
        if (author.role() == Role.TOOL) {
            if (name == null) {
                throw new IllegalArgumentException("Tools should have a name!");
            }
            pieces.add(new Piece.Text(name));
        } else {
            pieces.add(new Piece.Text(author.role().word()));
            if (name != null) {
                pieces.add(new Piece.Text(":" + name));
            }
        }
    }

    private static void addChannel(List<Piece> pieces, @Nullable String channel) {
        if (channel != null) {
            pieces.add(new Piece.Marker(SpecialTokens.CHANNEL));
            pieces.add(new Piece.Text(channel));
        }
    }

    private static void addContentType(List<Piece> pieces, @Nullable String type) {
        if (type == null) {
            return;
        }
        if (type.startsWith(CONSTRAIN_MARKER)) {
            pieces.add(new Piece.Text(" "));
            pieces.add(new Piece.Marker(SpecialTokens.CONSTRAIN));
            pieces.add(new Piece.Text(type.substring(CONSTRAIN_MARKER.length())));
        } else {
            pieces.add(new Piece.Text(" " + type));
        }
    }
}
