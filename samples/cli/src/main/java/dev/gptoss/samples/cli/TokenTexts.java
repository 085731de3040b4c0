package dev.gptoss.samples.cli;

import dev.gptoss.engine.constrain.OrdinaryTokens;
import dev.gptoss.engine.tokenizer.Tokenizer;
import dev.gptoss.engine.weights.synth.TokenSource;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The tokenizer's vocabulary for a model file. */
final class TokenTexts implements TokenSource {

    private final Tokenizer tokenizer;
    private final int ordinaryTokens;

    TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.ordinaryTokens = new OrdinaryTokens(tokenizer).size();
    }

    @Override
    public int ordinaryTokens() {
        return ordinaryTokens;
    }

    @Override
    public byte[] bytes(int id) {
        return tokenizer.bytes(id);
    }

    @Override
    public @Nullable String special(int id) {
        return tokenizer.isSpecial(id) ? new String(tokenizer.bytes(id), StandardCharsets.US_ASCII) : null;
    }
}
