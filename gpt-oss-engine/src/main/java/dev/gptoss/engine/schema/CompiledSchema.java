package dev.gptoss.engine.schema;

import dev.gptoss.engine.schema.automaton.Automaton;
import dev.gptoss.engine.schema.automaton.Closer;
import dev.gptoss.engine.schema.automaton.Config;
import dev.gptoss.engine.schema.automaton.Likely;
import dev.gptoss.engine.schema.automaton.Masks;
import dev.gptoss.engine.schema.ir.Lowering;
import dev.gptoss.engine.schema.mask.TokenIndex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema ready to constrain any number of sequences, on any number of threads. */
public final class CompiledSchema {

    private static final int[] NOTHING = {};

    private final Vocabulary vocabulary;
    private final TokenIndex index;
    private final List<String> annotations;
    // States and masks are shared by all matchers: guarded by this.
    private final Automaton automaton;
    private final Masks masks;
    private final Closer closer;
    private final Likely likely;
    private final Config start;

    CompiledSchema(Lowering.Result lowered, SchemaOptions options, Vocabulary vocabulary, TokenIndex index) {
        this.vocabulary = vocabulary;
        this.index = index;
        annotations = lowered.annotations();
        automaton = new Automaton(
                lowered.root(),
                options.order() == SchemaOptions.PropertyOrder.SCHEMA,
                options.whitespace() == SchemaOptions.Whitespace.FLEXIBLE);
        masks = new Masks(automaton, index);
        closer = new Closer(automaton);
        likely = new Likely(automaton);
        start = automaton.start();
    }

    /** A matcher at the start of an instance. */
    public SchemaMatcher matcher() {
        return new SchemaMatcher(this, start);
    }

    /** Keywords that were read as annotations, as {@code pointer/keyword}, sorted; at most 1,000. */
    public List<String> annotations() {
        return annotations;
    }

    synchronized @Nullable Config after(Config state, int token) {
        return token < 0 || token >= index.size() ? null : automaton.step(state, index.bytes(token));
    }

    synchronized @Nullable Config after(Config state, byte[] bytes) {
        return automaton.step(state, bytes);
    }

    synchronized void mask(Config state, long[] words) {
        if (words.length < index.words()) {
            throw new IllegalArgumentException(
                    "a mask needs " + index.words() + " words, the array has " + words.length);
        }
        masks.write(state, words);
    }

    synchronized byte[] shortestCompletion(Config state) {
        return closer.close(state);
    }

    synchronized boolean isMaskKnown(Config state) {
        return masks.isKnown(state);
    }

    /** The only permitted token, -1 if there are several or none. */
    synchronized int onlyToken(Config state) {
        return state.isComplete() || !likely.isDecided(state) ? -1 : masks.only(state);
    }

    synchronized int[] draft(Config state) {
        byte[] bytes = likely.bytes(state);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Config after = automaton.step(state, bytes);
        if (text.isEmpty() || after == null || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            return NOTHING; // nothing, or within a character
        }
        int[] tokens = vocabulary.encode(text);
        if (!likely.mayMelt(after, bytes[bytes.length - 1])) {
            return tokens;
        }
        int kept = tokens.length;
        int from = bytes.length;
        for (int i = tokens.length - 1; i >= 0; i--) {
            from -= index.bytes(tokens[i]).length;
            if (bytes.length - from > index.all().maxDepth()) {
                break;
            }
            if (likely.isSpanned(after, bytes, from, index.all())) {
                kept = i;
            }
        }
        return Arrays.copyOf(tokens, kept);
    }

    /** The fewest tokens that spell bytes. */
    int[] spell(byte[] bytes) {
        int[] fewest = new int[bytes.length + 1];
        int[] token = new int[bytes.length];
        for (int from = bytes.length - 1; from >= 0; from--) {
            fewest[from] = Integer.MAX_VALUE;
            int first = 0;
            int end = index.all().size();
            for (int at = from; at < bytes.length; at++) {
                int node = index.all().child(first, end, bytes[at] & 0xFF);
                if (node < 0) {
                    break;
                }
                if (index.all().token(node) >= 0 && fewest[at + 1] < fewest[from]) {
                    fewest[from] = fewest[at + 1] + 1;
                    token[from] = index.all().token(node);
                }
                first = node + 1;
                end = index.all().end(node);
            }
        }
        int[] out = new int[fewest[0]];
        for (int i = 0, at = 0; at < bytes.length; at += index.bytes(token[at]).length) {
            out[i++] = token[at];
        }
        return out;
    }
}
