package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the bytes of a document. States and stacks are shared by all sequences of a schema and remembered until
 * they become too many; whoever holds one keeps using it. Not safe for use by several threads at once.
 */
public final class Automaton {

    // About 100 bytes each; a document of the development schemas makes 300.
    private static final int MAX_REMEMBERED = 200_000;
    private static final Track[] NO_TRACKS = {};

    final Config dead = new Config(NO_TRACKS, true);
    private final Node root;
    final boolean isOrdered;
    private final boolean isSpaced;
    private final Map<Frame, Frame> frames = new HashMap<>();
    private final Map<Track, Track> tracks = new HashMap<>();
    private final Map<Config, Config> configs = new HashMap<>();
    private final Config start;
    private final Steps steps = new Steps(this);

    /**
     * @param isOrdered whether declared keys come in the order of the schema
     * @param isSpaced whether whitespace is permitted
     */
    public Automaton(Node root, boolean isOrdered, boolean isSpaced) {
        this.root = root;
        this.isOrdered = isOrdered;
        this.isSpaced = isSpaced;
        start = first();
    }

    /** The state before the first byte. */
    public Config start() {
        return start;
    }

    private Config first() {
        return config(List.of(track(Track.Kind.VALUE, null, root, Track.NO_SPACE)), true);
    }

    /** The state after a byte; dead if the byte is not permitted. */
    Config step(Config from, int b) {
        Config known = from.known(b);
        if (known == null) {
            List<Track> out = new ArrayList<>();
            for (Track track : from.tracks) {
                steps.step(track, b, from.knowsTexts, out);
            }
            known = config(out, from.knowsTexts);
            from.remember(b, known);
        }
        return known;
    }

    /** The state after bytes, null if they are not permitted. */
    public @Nullable Config step(Config from, byte[] bytes) {
        Config at = from;
        for (byte b : bytes) {
            at = step(at, b & 0xFF);
            if (at.isDead()) {
                return null;
            }
        }
        forgetIfFull();
        return at;
    }

    private void forgetIfFull() {
        if (frames.size() + tracks.size() + configs.size() > MAX_REMEMBERED) {
            forget();
        }
    }

    /** Forgets all states but those that someone holds. */
    void forget() {
        frames.clear();
        tracks.clear();
        configs.clear();
        start.forget(); // all states hang together from here
    }

    Config config(List<Track> out, boolean knowsTexts) {
        if (out.isEmpty()) {
            return dead;
        }
        Track[] distinct = new Track[out.size()];
        int size = 0;
        for (Track track : out) {
            boolean isNew = true;
            for (int i = 0; i < size; i++) {
                isNew &= distinct[i] != track;
            }
            if (isNew) {
                distinct[size++] = track;
            }
        }
        Config made = new Config(size == distinct.length ? distinct : Arrays.copyOf(distinct, size), knowsTexts);
        Config known = configs.putIfAbsent(made, made);
        return known == null ? made : known;
    }

    /** The state that a track alone makes, whose texts are not known. */
    Config guess(Track track) {
        return config(List.of(withoutText(track)), false);
    }

    /** The state after the string or number that a track without text reads. */
    Config afterValue(Track track) {
        List<Track> out = new ArrayList<>();
        steps.finish(track, "", false, out);
        return config(out, false);
    }

    /** The state after the key that a track without text reads, in a state of the automaton of the keys. */
    Config afterKey(Track track, int state) {
        List<Track> out = new ArrayList<>();
        ObjectFrame frame = (ObjectFrame) Objects.requireNonNull(track.frame);
        steps.closeKey(frame, frame.shape.keys.label(state), null, out);
        return config(out, false);
    }

    Track withoutText(Track track) {
        return track.text == null
                ? track
                : intern(new Track(
                        track.kind,
                        track.frame,
                        track.ref,
                        track.state,
                        track.length,
                        track.partial,
                        track.repeats,
                        null,
                        track.space));
    }

    Track track(Track.Kind kind, @Nullable Frame frame, @Nullable Object ref, int space) {
        return intern(new Track(kind, frame, ref, 0, 0, 0, null, null, isSpaced ? space : Track.NO_SPACE));
    }

    Track intern(Track made) {
        Track known = tracks.putIfAbsent(made, made);
        return known == null ? made : known;
    }

    @SuppressWarnings("unchecked")
    <F extends Frame> F intern(F made) {
        Frame known = frames.putIfAbsent(made, made);
        return known == null ? made : (F) known;
    }

    static boolean isCompleteNumber(Track track) {
        return track.kind == Track.Kind.NUMBER
                && track.frame == null
                && track.ref instanceof Dfa dfa
                && dfa.accepts(track.state);
    }
}
