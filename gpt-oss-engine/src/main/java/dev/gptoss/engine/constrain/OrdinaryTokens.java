package dev.gptoss.engine.constrain;

import dev.gptoss.engine.schema.Vocabulary;
import dev.gptoss.engine.tokenizer.SpecialTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;

/** The tokens that schemas are spelled in. */
public record OrdinaryTokens(Tokenizer tokenizer) implements Vocabulary {

    @Override
    public int size() {
        return SpecialTokens.FIRST;
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
