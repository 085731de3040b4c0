package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.mask.TokenTrie;
import dev.gptoss.engine.schema.regex.Dfa;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.Objects;

/** Finds text that must come: bytes, as long as there is one only. */
public final class Forced {

    private static final int MAX_BYTES = 4_096;
    private static final String VALUE = "\"{[tfn-0123456789 \n";

    private final Automaton automaton;

    public Forced(Automaton automaton) {
        this.automaton = automaton;
    }

    /** The bytes that must come after a state. */
    public byte[] bytes(Config from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Config at = from;
        while (out.size() < MAX_BYTES && !at.isComplete()) {
            int sole = sole(at);
            if (sole < 0) {
                break;
            }
            out.write(sole);
            at = automaton.step(at, sole);
        }
        return out.toByteArray();
    }

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

    /** A superset of the bytes that may follow. */
    private static void candidates(Track track, BitSet out) {
        if (track.partial != JsonString.NO_PARTIAL) {
            out.set(0, 256);
            return;
        }
        switch (track.kind) {
            case STRING -> letters(((StringShape) Objects.requireNonNull(track.ref)).dfa, track.state, out);
            case KEY -> letters(((ObjectFrame) Objects.requireNonNull(track.frame)).shape.keys, track.state, out);
            case NUMBER -> add("0123456789.eE+-,]} \n", out);
            case VALUE, ARRAY_START -> add(VALUE + "]", out);
            case WORD -> out.set(((String) Objects.requireNonNull(track.ref)).charAt(track.state));
            case OBJECT_START, OBJECT_KEY -> add("\"} \n", out);
            case OBJECT_NEXT, OBJECT_END, ARRAY_NEXT, ARRAY_END -> add(",}] \n", out);
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
