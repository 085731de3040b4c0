package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses tokens into messages, one token at a time. Between tokens it can be asked where it stands and what the last
 * token added. Not for use by several threads.
 *
 * <p>In {@link ParseMode#SERVER} the header fields and {@link #delta} after a token belong to the message that the token
 * belonged to, so also after its terminator; the deltas of a message joined are its text. In the other modes they are
 * those of the reference library: header fields only inside content, and no delta for a terminator.
 */
public abstract sealed class HarmonyParser permits ReferenceParser, ServerParser {

    /** What is read next. */
    public enum State {
        /** The {@code <|start|>} of a message. */
        EXPECT_START,

        /** The rest of a header. */
        HEADER,

        /** Content or its terminator. */
        CONTENT
    }

    final Tokenizer tokenizer;
    final List<Message> messages = new ArrayList<>();
    final StringBuilder content = new StringBuilder();
    State state;

    @Nullable
    Role nextRole;

    @Nullable
    Header header;

    @Nullable
    String delta;

    HarmonyParser(Tokenizer tokenizer, @Nullable Role role) {
        this.tokenizer = tokenizer;
        this.nextRole = role;
        this.state = role == null ? State.EXPECT_START : State.HEADER;
    }

    /**
     * A parser for tokens that begin a message.
     *
     * @param role the role that was prompted with, {@link Role#ASSISTANT} for what a model generates; null if the tokens
     *     begin with {@code <|start|>}
     */
    public static HarmonyParser of(Tokenizer tokenizer, ParseMode mode, @Nullable Role role) {
        return mode == ParseMode.SERVER
                ? server(tokenizer, role, ToolNames.NONE)
                : new ReferenceParser(tokenizer, role, mode == ParseMode.LENIENT);
    }

    /**
     * A parser in {@link ParseMode#SERVER} that mends the names of calls.
     *
     * @param role as for {@link #of}
     * @param tools the recipients that were declared
     */
    public static HarmonyParser server(Tokenizer tokenizer, @Nullable Role role, ToolNames tools) {
        return new ServerParser(tokenizer, role, tools);
    }

    /**
     * A parser in {@link ParseMode#SERVER} that starts inside a message which the prompt began.
     *
     * @param begun its header, and the text that its content starts with
     * @param tools the recipients that were declared
     */
    public static HarmonyParser continuing(Tokenizer tokenizer, Message begun, ToolNames tools) {
        HarmonyParser parser = server(tokenizer, null, tools);
        parser.state = State.CONTENT;
        parser.header = Header.of(begun);
        parser.content.append(begun.text());
        return parser;
    }

    /** All messages of some tokens. */
    public static List<Message> parse(Tokenizer tokenizer, ParseMode mode, @Nullable Role role, int... tokens) {
        HarmonyParser parser = of(tokenizer, mode, role);
        for (int token : tokens) {
            parser.accept(token);
        }
        return parser.finish();
    }

    /**
     * Takes the next token.
     *
     * @throws HarmonyParseException if the token cannot stand here; never in {@link ParseMode#SERVER}
     */
    public abstract void accept(int token);

    /**
     * Ends the stream and gives all messages.
     *
     * @throws HarmonyParseException if the stream cannot end here; never in {@link ParseMode#SERVER}
     */
    public abstract List<Message> finish();

    /** What is read next. */
    public State state() {
        return state;
    }

    /** Role of the current message, or the given one while the first header is incomplete. */
    public @Nullable Role role() {
        return header != null ? header.author().role() : nextRole;
    }

    /** Recipient of the current message. */
    public @Nullable String recipient() {
        return header == null ? null : header.recipient();
    }

    /** Channel of the current message. */
    public @Nullable String channel() {
        return header == null ? null : header.channel();
    }

    /** Content type of the current message. */
    public @Nullable String contentType() {
        return header == null ? null : header.contentType();
    }

    /** What the current message is for; null between messages. */
    public @Nullable MessageKind kind() {
        return header == null ? null : MessageKind.of(role(), channel(), recipient());
    }

    /** Text of the current message so far. */
    public String content() {
        return content.toString();
    }

    /** Text that the last token added to the current message, or null. */
    public @Nullable String delta() {
        return delta;
    }

    /** The messages that are complete. */
    public List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }
}
