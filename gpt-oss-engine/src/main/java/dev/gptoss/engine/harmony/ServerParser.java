package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.StreamingDecoder;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of any tokens. Where a header may have begun without its marker, tokens are held until it is clear;
 * if it was none they become text.
 */
final class ServerParser extends HarmonyParser {

    /** Most tokens held on suspicion. The longest header of the vectors has 12. */
    private static final int MOST_SUSPECTS = 32;

    private static final char REPLACEMENT = '\uFFFD';

    /** What a header begins with whose {@code <|start|>} was left out. */
    private static final List<String> HEADER_STARTS = Stream.of(
                    Stream.of(Role.values()).map(Role::word), Channel.words().stream(), Stream.of(HarmonyGrammar.TO))
            .flatMap(words -> words)
            .toList();

    private final ToolNames tools;
    private final StreamingDecoder decoder;
    private final TokenList held = new TokenList(); // of a header, or of what may be one
    private boolean isSuspicion;
    private boolean hasEnded; // the current message ended with the last token
    private @Nullable String lastChannel; // of the assistant

    ServerParser(Tokenizer tokenizer, @Nullable Role role, ToolNames tools) {
        super(tokenizer, role);
        this.tools = tools;
        this.decoder = tokenizer.streamingDecoder();
    }

    @Override
    public void accept(int token) {
        beginToken();
        boolean ends = HarmonyGrammar.endsMessage(token) || token == SpecialTokens.ENDOFTEXT;
        if (isSuspicion) {
            suspect(token, ends);
        } else {
            switch (state) {
                case EXPECT_START -> between(token, ends);
                case HEADER -> inHeader(token, ends);
                case CONTENT -> inContent(token, ends);
            }
        }
    }

    @Override
    public List<Message> finish() {
        beginToken();
        if (isSuspicion) {
            releaseAsText();
        }
        switch (state) {
            case EXPECT_START -> {}
            case HEADER -> endUnmarked();
            case CONTENT -> endMessage();
        }
        return messages();
    }

    private void beginToken() {
        delta = null;
        if (hasEnded) {
            hasEnded = false;
            header = null;
            content.setLength(0);
        }
    }

    private void between(int token, boolean ends) {
        if (token == SpecialTokens.START) {
            beginHeader(null);
        } else if (token == SpecialTokens.CHANNEL || token == SpecialTokens.MESSAGE) {
            beginHeader(Role.ASSISTANT);
            inHeader(token, false);
        } else if (!ends) {
            isSuspicion = true;
            suspect(token, false);
        }
    }

    private void beginHeader(@Nullable Role role) {
        held.clear();
        isSuspicion = false;
        nextRole = role;
        state = State.HEADER;
    }

    private void inHeader(int token, boolean ends) {
        if (token == SpecialTokens.MESSAGE) {
            beginContent(ServerHeader.read(textOf(0), nextRole, tools));
        } else if (ends) {
            endUnmarked();
        } else if (token == SpecialTokens.START) {
            endUnmarked();
            beginHeader(null);
        } else {
            held.add(token);
        }
    }

    private void inContent(int token, boolean ends) {
        if (ends) {
            endMessage();
        } else if (token == SpecialTokens.START || token == SpecialTokens.CHANNEL) {
            append(decoder.finish());
            isSuspicion = true;
            held.clear();
            held.add(token);
        } else {
            appendToken(token);
        }
    }

    /** Tokens that may be a header: between messages one without {@code <|start|>}, in content one without an end. */
    private void suspect(int token, boolean ends) {
        boolean inContent = state == State.CONTENT;
        if (token == SpecialTokens.MESSAGE) {
            int start = held.get(0) == SpecialTokens.START ? 1 : 0;
            String text = textOf(start);
            if (inContent && !ServerHeader.looksLikeHeader(text)) {
                releaseAsText();
                appendToken(token);
                return;
            }
            if (inContent) {
                endMessage();
            }
            beginContent(ServerHeader.read(text, start == 1 ? null : roleOf(text), tools));
        } else if (ends) {
            releaseAsText();
            endMessage();
        } else if (token == SpecialTokens.START) {
            releaseAsText();
            if (inContent) {
                inContent(token, false);
            } else {
                endMessage();
                beginHeader(null);
            }
        } else if (token == SpecialTokens.CHANNEL && !inContent) {
            nextRole = roleOf(textOf(0));
            isSuspicion = false;
            state = State.HEADER;
            held.add(token);
        } else {
            held.add(token);
            if (held.size() > MOST_SUSPECTS || !inContent && !mayBeHeader(textOf(0))) {
                releaseAsText();
            }
        }
    }

    private static boolean mayBeHeader(String text) {
        String begun = WhiteSpace.trim(text);
        return HEADER_STARTS.stream().anyMatch(start -> start.startsWith(begun) || begun.startsWith(start));
    }

    /** Null where the text itself begins with a role. */
    private static @Nullable Role roleOf(String text) {
        HeaderText header = HeaderText.of(text);
        boolean isNamed =
                !header.words().isEmpty() && Role.ofWord(header.words().getFirst()) != null;
        return isNamed ? null : Role.ASSISTANT;
    }

    /** Held tokens were no header: they are text, of the current message or of a new one on the previous channel. */
    private void releaseAsText() {
        isSuspicion = false;
        if (state != State.CONTENT) {
            begin(new Header(Author.of(Role.ASSISTANT), null, lastChannel, null, null));
        }
        for (int i = 0; i < held.size(); i++) {
            appendToken(held.get(i));
        }
        held.clear();
    }

    private void beginContent(Header read) {
        isSuspicion = false;
        hasEnded = false;
        content.setLength(0);
        held.clear();
        begin(read);
    }

    private void begin(Header read) {
        header = read;
        nextRole = null;
        state = State.CONTENT;
        if (read.author().role() == Role.ASSISTANT) {
            lastChannel = read.channel();
        }
    }

    private void endMessage() {
        append(decoder.finish());
        if (header != null) {
            messages.add(header.message(content.toString()));
        }
        hasEnded = true;
        state = State.EXPECT_START;
    }

    /** Ends a message whose header was not. */
    private void endUnmarked() {
        UnmarkedMessage message = UnmarkedMessage.read(textOf(0), nextRole, tools);
        held.clear();
        nextRole = null;
        state = State.EXPECT_START;
        if (message.saysSomething()) {
            begin(message.header());
            append(message.text());
            endMessage();
        }
    }

    private void appendToken(int token) {
        append(tokenizer.isKnown(token) ? decoder.accept(token) : decoder.finish() + REPLACEMENT);
    }

    private void append(String text) {
        if (!text.isEmpty()) {
            content.append(text);
            delta = delta == null ? text : delta + text;
        }
    }

    /** Text of the held tokens from a place on. */
    private String textOf(int from) {
        StringBuilder text = new StringBuilder();
        StreamingDecoder words = tokenizer.streamingDecoder();
        for (int i = from; i < held.size(); i++) {
            int token = held.get(i);
            text.append(tokenizer.isKnown(token) ? words.accept(token) : words.finish() + REPLACEMENT);
        }
        return text.append(words.finish()).toString();
    }
}
