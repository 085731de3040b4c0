package dev.gptoss.engine.schema.automaton;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tracks that the text so far leaves: a state of the automaton. Equal states of one automaton are the same object. */
public final class Config {

    final Track[] tracks;
    final boolean knowsTexts; // whether keys and items carry their text where it matters
    private final int hash;
    private @Nullable Config @Nullable [] next; // by byte

    @Nullable
    Config guess;

    Config(Track[] tracks, boolean knowsTexts) {
        this.tracks = tracks;
        this.knowsTexts = knowsTexts;
        hash = 31 * Arrays.hashCode(tracks) + (knowsTexts ? 1 : 0);
    }

    @Nullable
    Config known(int b) {
        return next == null ? null : next[b];
    }

    void remember(int b, Config config) {
        if (next == null) {
            next = new Config[256];
        }
        next[b] = config;
    }

    /** Lets go of the states that follow. */
    void forget() {
        next = null;
    }

    /** Whether no text leads on from here. */
    boolean isDead() {
        return tracks.length == 0;
    }

    /** Whether the text so far is complete. */
    public boolean isComplete() {
        for (Track track : tracks) {
            if (track.kind == Track.Kind.DONE || Automaton.isCompleteNumber(track)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text so far is complete and nothing may follow. */
    public boolean isFinal() {
        for (Track track : tracks) {
            if (track.kind != Track.Kind.DONE) {
                return false;
            }
        }
        return true;
    }

    boolean isUnsure() {
        for (Track track : tracks) {
            if (track.kind == Track.Kind.UNSURE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Config that
                && hash == that.hash
                && knowsTexts == that.knowsTexts
                && Arrays.equals(tracks, that.tracks);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
