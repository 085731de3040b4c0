package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.mask.TokenTrie;
import dev.gptoss.engine.schema.regex.Dfa;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A walk of one track through a trie of tokens; the stack of states is indexed by depth. */
final class Walk {

    private static final int IN_CONFIG = -2;

    private final Automaton automaton;
    private final int[] states; // of the automaton of the string, key or number; IN_CONFIG: see configs
    private final int[] lengths;
    private final int[] partials;
    private final @Nullable Spellings[] repeats;
    private final @Nullable Config[] configs;
    private long[] words = {};
    private int[] unsure = new int[16];
    private int unsureSize;

    // The track.
    private @Nullable Dfa dfa;
    private int[] ascii = {};
    private int[] beyondAscii = {};
    private @Nullable StringShape shape;
    private @Nullable ObjectFrame keys;
    private boolean isFree;
    private boolean isTracked; // repeats or lengths are looked at with each code point
    private Track track;
    private @Nullable Config closed;
    private @Nullable Config[] closedKeys = new Config[0];

    Walk(Automaton automaton, int depth) {
        this.automaton = automaton;
        states = new int[depth + 1];
        lengths = new int[depth + 1];
        partials = new int[depth + 1];
        repeats = new Spellings[depth + 1];
        configs = new Config[depth + 1];
        track = automaton.start().tracks[0];
    }

    /** Starts at a track without text; tokens found are set in the words. */
    void begin(Track at, long[] target) {
        track = at;
        words = target;
        unsureSize = 0;
        dfa = null;
        shape = null;
        keys = null;
        isFree = false;
        closed = null;
        switch (at.kind) {
            case STRING -> {
                shape = (StringShape) Objects.requireNonNull(at.ref);
                dfa = shape.dfa;
                isFree = shape.isFree;
                isTracked = shape.isBounded() || at.repeats != null;
            }
            case KEY -> {
                keys = (ObjectFrame) Objects.requireNonNull(at.frame);
                dfa = keys.shape.keys;
                isTracked = true;
                closedKeys = new Config[dfa.states()];
            }
            case NUMBER -> {
                dfa = (Dfa) Objects.requireNonNull(at.ref);
                isTracked = at.repeats != null;
            }
            default -> {}
        }
        if (dfa != null && at.kind != Track.Kind.NUMBER) {
            ascii = dfa.asciiTable();
            beyondAscii = dfa.beyondAscii();
        }
        boolean usesConfigs = dfa == null || at.kind == Track.Kind.NUMBER && isTracked || isGuess(at);
        if (usesConfigs) {
            states[0] = IN_CONFIG;
            configs[0] = automaton.guess(at);
        } else {
            states[0] = at.state;
            lengths[0] = at.length;
            partials[0] = at.partial;
            repeats[0] = at.repeats;
        }
    }

    private static boolean isGuess(Track at) {
        return at.frame != null && at.frame.isGuess;
    }

    int[] unsure() {
        return Arrays.copyOf(unsure, unsureSize);
    }

    void through(TokenTrie trie) {
        int node = 0;
        int size = trie.size();
        while (node < size) {
            int depth = trie.depth(node);
            if (step(depth, trie.letter(node))) {
                int token = trie.token(node);
                if (states[depth + 1] == IN_CONFIG
                        && Objects.requireNonNull(configs[depth + 1]).isUnsure()) {
                    addUnsure(trie, node);
                    node = trie.end(node);
                    continue;
                }
                if (token >= 0) {
                    words[token >> 6] |= 1L << token;
                }
                node++;
            } else {
                node = trie.end(node);
            }
        }
    }

    private void addUnsure(TokenTrie trie, int from) {
        for (int node = from; node < trie.end(from); node++) {
            if (trie.token(node) >= 0) {
                if (unsureSize == unsure.length) {
                    unsure = Arrays.copyOf(unsure, unsureSize * 2);
                }
                unsure[unsureSize++] = trie.token(node);
            }
        }
    }

    /** Steps from one depth to the next; false if the byte is not permitted. */
    private boolean step(int depth, int b) {
        int state = states[depth];
        if (state == IN_CONFIG) {
            return stepConfig(depth, Objects.requireNonNull(configs[depth]), b);
        }
        Dfa automatonOfTrack = Objects.requireNonNull(dfa);
        if (track.kind == Track.Kind.NUMBER) {
            return stepNumber(depth, automatonOfTrack, state, b);
        }
        if (partials[depth] == JsonString.NO_PARTIAL && b < 128) {
            if (b == '"') {
                return close(depth, state);
            }
            if (b != '\\') {
                return b >= ' ' && advance(depth, ascii[state << 7 | b], b);
            }
        }
        // All that is not ASCII often leads to one state: then no byte of a sequence needs a closer look.
        boolean isUtf8 = partials[depth] == JsonString.NO_PARTIAL ? b >= 128 : JsonString.isUtf8(partials[depth]);
        int beyond = isTracked || !isUtf8 ? Dfa.MIXED : beyondAscii[state];
        if (beyond == -1) {
            return false;
        }
        long next = JsonString.step(partials[depth], b, isFree);
        if (JsonString.isCodePoint(next)) {
            return advance(depth, automatonOfTrack.step(state, JsonString.codePoint(next)), JsonString.codePoint(next));
        }
        boolean isUniform = beyond >= 0;
        if (next == JsonString.DEAD || !isUniform && !reaches(state, lengths[depth], (int) next)) {
            return false;
        }
        states[depth + 1] = state;
        lengths[depth + 1] = lengths[depth];
        partials[depth + 1] = (int) next;
        repeats[depth + 1] = repeats[depth];
        return true;
    }

    private boolean reaches(int state, int length, int partial) {
        return shape != null
                ? Steps.reaches(shape, state, length, partial)
                : Steps.reaches(Objects.requireNonNull(keys), state, partial);
    }

    private boolean advance(int depth, int target, int codePoint) {
        if (target < 0) {
            return false;
        }
        states[depth + 1] = target;
        partials[depth + 1] = JsonString.NO_PARTIAL;
        if (!isTracked) {
            return true;
        }
        Spellings before = repeats[depth];
        Spellings after = before == null ? null : before.after(codePoint);
        repeats[depth + 1] = after;
        if (shape == null) {
            return Objects.requireNonNull(keys).canContinue(target, after);
        }
        int length = shape.next(lengths[depth]);
        lengths[depth + 1] = length;
        return shape.isLive(target, length) && Steps.isOpen(shape.dfa, target, after);
    }

    private boolean stepNumber(int depth, Dfa numbers, int state, int b) {
        int target = b < 128 ? numbers.step(state, b) : -1;
        if (target >= 0) {
            states[depth + 1] = target;
            return true;
        }
        if (!numbers.accepts(state) || track.frame == null) {
            return false;
        }
        return stepConfig(depth, after(), b);
    }

    private boolean stepConfig(int depth, Config from, int b) {
        Config next = automaton.step(from, b);
        if (next.isDead()) {
            return false;
        }
        states[depth + 1] = IN_CONFIG;
        configs[depth + 1] = next;
        return true;
    }

    /** A string or key ends. */
    private boolean close(int depth, int state) {
        Spellings before = repeats[depth];
        Config next;
        if (shape != null) {
            if (!shape.canEnd(state, lengths[depth]) || before != null && before.ends) {
                return false;
            }
            next = after();
        } else {
            ObjectFrame frame = Objects.requireNonNull(keys);
            if (!frame.shape.keys.accepts(state)) {
                return false;
            }
            boolean isRepeat = before != null && before.ends;
            if (isRepeat && frame.shape.isExtra(frame.shape.keys.label(state))) {
                return false;
            }
            Config known = closedKeys[state];
            if (known == null) {
                known = automaton.afterKey(track, state);
                closedKeys[state] = known;
            }
            next = known;
        }
        if (next.isDead()) {
            return false;
        }
        states[depth + 1] = IN_CONFIG;
        configs[depth + 1] = next;
        return true;
    }

    /** The state after the string or number. */
    private Config after() {
        Config known = closed;
        if (known == null) {
            known = automaton.afterValue(track);
            closed = known;
        }
        return known;
    }
}
