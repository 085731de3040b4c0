package dev.gptoss.engine.harmony;

import dev.gptoss.engine.tokenizer.IllFormedTextException;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.StreamingDecoder;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reference library does, strict or lenient, delta by delta. */
final class ReferenceParser extends HarmonyParser {

    private final boolean lenient;
    private final StreamingDecoder decoder;
    private final TokenList headerTokens = new TokenList();
    private boolean restIsUnknown;

    ReferenceParser(Tokenizer tokenizer, @Nullable Role role, boolean lenient) {
        super(tokenizer, role);
        this.lenient = lenient;
        this.decoder = tokenizer.streamingDecoder(StreamingDecoder.IllFormed.ONE_PER_TOKEN);
    }

    @Override
    public void accept(int token) {
        switch (state) {
            case EXPECT_START -> expectStart(token);
            case HEADER -> inHeader(token);
            case CONTENT -> inContent(token);
        }
    }

    @Override
    public List<Message> finish() {
        if (state == State.HEADER) {
            throw new HarmonyParseException("Unexpected EOS while waiting for message header to complete");
        }
        if (state == State.CONTENT) {
            endMessage();
        }
        return messages();
    }

    private void expectStart(int token) {
        if (token != SpecialTokens.START) {
            throw new HarmonyParseException(
                    "Unexpected token " + token + " while expecting start token " + SpecialTokens.START);
        }
        headerTokens.clear();
        state = State.HEADER;
    }

    private void inHeader(int token) {
        if (token == SpecialTokens.MESSAGE) {
            state = State.EXPECT_START; // where an unreadable header leaves it
            header = ReferenceHeader.parse(headerText(), nextRole);
            nextRole = null;
            state = State.CONTENT;
        } else if (lenient && HarmonyGrammar.endsMessage(token)) {
            if (nextRole != null && !headerTokens.isEmpty()) {
                messages.add(ReferenceHeader.messageWithoutMarker(headerText(), nextRole));
            }
            nextRole = null;
            state = State.EXPECT_START;
        } else {
            headerTokens.add(token);
        }
    }

    private void inContent(int token) {
        if (HarmonyGrammar.endsMessage(token)) {
            endMessage();
            return;
        }
        restIsUnknown |= !tokenizer.isKnown(token);
        String text = restIsUnknown ? "" : decoder.accept(token);
        content.append(text);
        delta = text.isEmpty() ? null : text;
    }

    private void endMessage() {
        if (header == null) {
            throw new IllegalStateException("content without header");
        }
        if (restIsUnknown) {
            content.append('\uFFFD');
        }
        content.append(decoder.finish());
        messages.add(header.message(content.toString()));
        content.setLength(0);
        restIsUnknown = false;
        header = null;
        delta = null;
        state = State.EXPECT_START;
    }

    private String headerText() {
        try {
            return tokenizer.decodeStrictly(headerTokens.toArray());
        } catch (IllFormedTextException | IllegalArgumentException e) {
            throw new HarmonyParseException("could not decode header: " + e.getMessage());
        }
    }
}
