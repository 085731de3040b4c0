package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.mask.TokenTrie;
import dev.gptoss.engine.schema.regex.Dfa;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Foresees text: the bytes that must come, and where keys could come in several orders those of the schema's order. It
 * stops where values begin, unless they have one way to begin.
 */
public final class Likely {

    /** A few keys of a nested record; nobody asks for more tokens than that. */
    private static final int MAX_BYTES = 512;

    private static final String VALUE = "\"{[tfn-0123456789";

    private final Automaton automaton;

    public Likely(Automaton automaton) {
        this.automaton = automaton;
    }

    /** The bytes that probably come after a state; empty if nothing is known. */
    public byte[] bytes(Config from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Config at = from;
        while (out.size() < MAX_BYTES && !at.isComplete()) {
            byte[] next = next(at);
            Config after = next == null ? null : automaton.step(at, next);
            if (after == null) {
                break;
            }
            out.writeBytes(next);
            at = after;
        }
        return out.toByteArray();
    }

    /** Whether one byte alone may follow, of compact text; quick. Where not, several tokens may follow. */
    public boolean isDecided(Config at) {
        return sole(at) >= 0;
    }

    /**
     * Whether what comes after a text could share a token with its last bytes. Tokens do not reach from punctuation into
     * a word, so a text that ends before the letters of a key or string stands for itself.
     */
    public boolean mayMelt(Config after, byte lastByte) {
        if (Character.isLetterOrDigit(lastByte) || lastByte < 0) {
            return true;
        }
        for (Track track : after.tracks) {
            boolean isWord = switch (track.kind) {
                case STRING, KEY -> true;
                case VALUE -> {
                    Node node = (Node) Objects.requireNonNull(track.ref);
                    yield node.strings.length + node.arrays.length + node.objects.length == 0;
                }
                default -> false;
            };
            if (!isWord) {
                return true;
            }
        }
        return false;
    }

    private byte @Nullable [] next(Config at) {
        byte[] key = at.tracks.length == 1 ? key(at.tracks[0]) : null;
        if (key != null) {
            return key;
        }
        int sole = sole(at);
        return sole < 0 ? null : new byte[] {(byte) sole};
    }

    /** The rest of the key in whose turn it is, or that alone begins like this; the brace if no declared key is left. */
    private static byte @Nullable [] key(Track track) {
        if (track.kind == Track.Kind.OBJECT_NEXT) {
            ObjectFrame frame = (ObjectFrame) Objects.requireNonNull(track.frame);
            return frame.canClose() && frame.hasAllDeclared() ? new byte[] {'}'} : null;
        }
        if (track.kind != Track.Kind.KEY || track.partial != JsonString.NO_PARTIAL) {
            return null;
        }
        ObjectFrame frame = (ObjectFrame) Objects.requireNonNull(track.frame);
        int key = frame.likelyKey(track.state);
        if (key < 0) {
            return null;
        }
        String rest = frame.shape.rest(key, track.state);
        return (Closer.escaped(rest) + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** The only byte that may come, but for the end of an array that has not begun; -1 if there are several. */
    private int sole(Config config) {
        BitSet candidates = new BitSet(256);
        for (Track track : config.tracks) {
            candidates(track, candidates);
        }
        int sole = -1;
        for (int b = candidates.nextSetBit(0); b >= 0; b = candidates.nextSetBit(b + 1)) {
            if (!automaton.step(config, b).isDead()) {
                if (sole >= 0) {
                    return -1;
                }
                sole = b;
            }
        }
        return sole;
    }

    /** A superset of the bytes that may follow in compact text. */
    private static void candidates(Track track, BitSet out) {
        if (track.partial != JsonString.NO_PARTIAL) {
            out.set(0, 256);
            return;
        }
        switch (track.kind) {
            case STRING -> letters(((StringShape) Objects.requireNonNull(track.ref)).dfa, track.state, out);
            case KEY -> letters(((ObjectFrame) Objects.requireNonNull(track.frame)).shape.keys, track.state, out);
            case NUMBER -> add("0123456789.eE+-,]}", out);
            case VALUE, ARRAY_START -> add(VALUE, out);
            case WORD -> out.set(((String) Objects.requireNonNull(track.ref)).charAt(track.state));
            case OBJECT_START, OBJECT_KEY -> add("\"}", out);
            case OBJECT_NEXT, OBJECT_END, ARRAY_NEXT, ARRAY_END -> add(",}]", out);
            case COLON -> out.set(':');
            case DONE -> {}
            case UNSURE -> out.set(0, 256);
        }
    }

    private static void add(String letters, BitSet out) {
        letters.chars().forEach(out::set);
    }

    private static void letters(Dfa dfa, int state, BitSet out) {
        out.set('"');
        out.set('\\');
        for (int c = ' '; c < 128; c++) {
            if (dfa.step(state, c) >= 0) {
                out.set(c);
            }
        }
        if (dfa.continuesWithin(state, 128, Character.MAX_CODE_POINT, ignored -> true)) {
            out.set(128, 256);
        }
    }

    /** Whether some token that begins with all of a text and goes on is permitted. */
    public boolean isSpanned(Config afterText, byte[] text, int from, TokenTrie trie) {
        int first = 0;
        int end = trie.size();
        for (int i = from; i < text.length; i++) {
            int node = trie.child(first, end, text[i] & 0xFF);
            if (node < 0) {
                return false;
            }
            first = node + 1;
            end = trie.end(node);
        }
        return leadsToToken(trie, first, end, afterText);
    }

    private boolean leadsToToken(TokenTrie trie, int first, int end, Config config) {
        for (int node = first; node < end; node = trie.end(node)) {
            Config next = automaton.step(config, trie.letter(node));
            if (!next.isDead() && (trie.token(node) >= 0 || leadsToToken(trie, node + 1, trie.end(node), next))) {
                return true;
            }
        }
        return false;
    }
}
