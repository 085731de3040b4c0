package dev.gptoss.samples.cli;

import dev.gptoss.engine.schema.Vocabulary;
import dev.gptoss.engine.tokenizer.Tokenizer;

/** The tokenizer's ordinary tokens; special ones come after them. */
final class OrdinaryTokens implements Vocabulary {

    private final Tokenizer tokenizer;
    private final int size;

    OrdinaryTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        int first = 0;
        while (!tokenizer.isSpecial(first)) {
            first++;
        }
        this.size = first;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] bytes(int token) {
        return tokenizer.bytes(token);
    }

    @Override
    public int[] encode(String text) {
        return tokenizer.encode(text);
    }
}
