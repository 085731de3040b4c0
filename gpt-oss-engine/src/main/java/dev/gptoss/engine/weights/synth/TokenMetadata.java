package dev.gptoss.engine.weights.synth;

import dev.gptoss.engine.weights.gguf.GgufHeaderWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tokenizer part of a GGUF file. Merges are every split of each token of several bytes into two tokens, ordered by
 * the rank of the whole: what a byte pair encoder by ranks does, said as a list.
 */
final class TokenMetadata {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    private static final int START_OF_TEXT = 199_998;
    private static final int END_OF_TEXT = 199_999;
    private static final int RETURN = 200_002;

    private static final char[] LETTERS = byteLetters();

    private final TokenSource tokens;
    private final int vocabulary;
    private final int ordinary;

    TokenMetadata(TokenSource tokens, int vocabulary) {
        this.tokens = tokens;
        this.vocabulary = vocabulary;
        this.ordinary = Math.min(vocabulary, tokens.ordinaryTokens());
    }

    void write(GgufHeaderWriter header) {
        int[] types = new int[vocabulary];
        for (int id = 0; id < vocabulary; id++) {
            types[id] = id < ordinary ? NORMAL : tokens.special(id) != null ? CONTROL : UNUSED;
        }
        List<String> merges = merges();
        header.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "gpt-4o")
                .texts("tokenizer.ggml.tokens", vocabulary, id -> text((int) id))
                .integers("tokenizer.ggml.token_type", types)
                .texts("tokenizer.ggml.merges", merges.size(), i -> merges.get((int) i))
                .count("tokenizer.ggml.bos_token_id", Math.min(START_OF_TEXT, vocabulary - 1))
                .count("tokenizer.ggml.eos_token_id", Math.min(RETURN, vocabulary - 1))
                .count("tokenizer.ggml.padding_token_id", Math.min(END_OF_TEXT, vocabulary - 1));
    }

    private String text(int id) {
        if (id < ordinary) {
            return letters(tokens.bytes(id));
        }
        String special = tokens.special(id);
        return special != null ? special : "[PAD" + id + "]";
    }

    private List<String> merges() {
        Set<String> known = new HashSet<>();
        for (int id = 0; id < ordinary; id++) {
            known.add(letters(tokens.bytes(id)));
        }
        var merges = new ArrayList<String>();
        for (int id = 0; id < ordinary; id++) {
            String whole = letters(tokens.bytes(id));
            for (int split = 1; split < whole.length(); split++) {
                String left = whole.substring(0, split);
                String right = whole.substring(split);
                if (known.contains(left) && known.contains(right)) {
                    merges.add(left + " " + right);
                }
            }
        }
        return merges;
    }

    private static String letters(byte[] bytes) {
        char[] text = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = LETTERS[bytes[i] & 0xFF];
        }
        return new String(text);
    }

    /** One printable letter for each byte: itself where it is printable, else the next from U+0100 on. */
    private static char[] byteLetters() {
        char[] letters = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= 0x21 && b <= 0x7E || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            letters[b] = printable ? (char) b : next++;
        }
        return letters;
    }
}
