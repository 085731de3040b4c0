package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.mask.TokenIndex;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens that a state permits. Each track is looked at alone: where it reads a string that leaves its
 * characters free, the plain tokens are known and only the others are walked; else the trie of all tokens is walked, in
 * which few branches live. Within a string, key or number a step is a table look-up; states are made only where it ends.
 */
public final class Masks {

    // A dense set is 25 kB: 640 of them.
    private static final long MAX_CACHED_BYTES = 16L << 20;

    private final Automaton automaton;
    private final TokenIndex index;
    private final Walk walk;
    private final long[] words;
    private long cachedBytes;

    public Masks(Automaton automaton, TokenIndex index) {
        this.automaton = automaton;
        this.index = index;
        walk = new Walk(automaton, index.all().maxDepth() + 1);
        words = new long[index.words()];
    }

    /** Writes the tokens that may follow a state; all of the target is written over. */
    public void write(Config config, long[] target) {
        boolean isFirst = true;
        for (Track track : config.tracks) {
            TokenSet tokens = tokens(track);
            if (isFirst) {
                tokens.copyTo(target);
            } else {
                tokens.addTo(target);
            }
            isFirst = false;
        }
        if (isFirst) {
            Arrays.fill(target, 0);
        }
        for (Track track : config.tracks) {
            for (int token : tokens(track).unsure) {
                boolean isSet = (target[token >> 6] >> token & 1) != 0;
                if (!isSet && automaton.step(config, index.bytes(token)) != null) {
                    target[token >> 6] |= 1L << token;
                }
            }
        }
    }

    /** Whether the tokens that may follow a state were found before. */
    public boolean isKnown(Config config) {
        for (Track track : config.tracks) {
            if (automaton.withoutText(track).tokens() == null) {
                return false;
            }
        }
        return true;
    }

    /** The only token that may follow a state, -1 if there are several or it is not known without the texts. */
    public int only(Config config) {
        int only = -1;
        for (Track track : config.tracks) {
            TokenSet tokens = tokens(track);
            int token = tokens.only();
            if (token < 0 || only >= 0 && only != token) {
                return -1;
            }
            only = token;
        }
        return only;
    }

    private TokenSet tokens(Track track) {
        Track core = automaton.withoutText(track);
        TokenSet known = core.tokens();
        if (known == null) {
            known = find(core);
            if (cachedBytes > MAX_CACHED_BYTES) {
                automaton.forget(); // tracks carry their sets with them
                cachedBytes = 0;
            }
            cachedBytes += known.bytes();
            core.remember(known);
        }
        return known;
    }

    private TokenSet find(Track track) {
        Arrays.fill(words, 0);
        walk.begin(track, words);
        int freedom = track.partial == JsonString.NO_PARTIAL ? freedom(track) : 0;
        if (freedom == 0) {
            walk.through(index.all());
        } else {
            System.arraycopy(index.plain(freedom), 0, words, 0, words.length);
            boolean isExact = freedom >= TokenIndex.MAX_PLAIN
                    || track.ref instanceof StringShape shape && shape.freedomIsExact(track.state);
            walk.through(isExact ? index.rest() : index.all());
        }
        return TokenSet.of(words, walk.unsure());
    }

    /** How many plain code points may follow, whichever they are. */
    private static int freedom(Track track) {
        return switch (track.kind) {
            case STRING -> ((StringShape) Objects.requireNonNull(track.ref)).freedom(track.state, track.length);
            case KEY -> {
                ObjectFrame frame = (ObjectFrame) Objects.requireNonNull(track.frame);
                yield frame.allowedClasses() == -1L && !frame.isGuess ? frame.shape.freedom[track.state] : 0;
            }
            default -> 0;
        };
    }

    /** The state after a token, null if it is not permitted. */
    public @Nullable Config after(Config config, int token) {
        return automaton.step(config, index.bytes(token));
    }
}
