package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a byte does to a track. */
final class Steps {

    private static final int MAX_INDENT = 40;

    private final Automaton automaton;

    Steps(Automaton automaton) {
        this.automaton = automaton;
    }

    void step(Track track, int b, boolean knowsTexts, List<Track> out) {
        switch (track.kind) {
            case VALUE -> {
                space(track, b, track.kind, out);
                begin((Node) Objects.requireNonNull(track.ref), track.frame, b, knowsTexts, out);
            }
            case STRING -> string(track, b, knowsTexts, out);
            case NUMBER -> number(track, b, knowsTexts, out);
            case WORD -> word(track, b, knowsTexts, out);
            case OBJECT_START -> {
                space(track, b, track.kind, out);
                closeObject(track, b, out);
                openKey(track, b, knowsTexts, out);
            }
            case OBJECT_NEXT -> {
                ObjectFrame frame = object(track);
                if (b == ',' && frame.canAdd()) {
                    out.add(automaton.track(Track.Kind.OBJECT_KEY, frame, null, 0));
                } else if (frame.canClose()) {
                    space(track, b, Track.Kind.OBJECT_END, out);
                }
                closeObject(track, b, out);
            }
            case OBJECT_END -> {
                space(track, b, track.kind, out);
                closeObject(track, b, out);
            }
            case OBJECT_KEY -> {
                space(track, b, track.kind, out);
                openKey(track, b, knowsTexts, out);
            }
            case KEY -> key(track, b, knowsTexts, out);
            case COLON -> {
                if (b == ':') {
                    out.add(automaton.track(Track.Kind.VALUE, track.frame, track.ref, 0));
                }
            }
            case ARRAY_START -> {
                space(track, b, track.kind, out);
                closeArray(track, b, out);
                items(array(track), b, knowsTexts, out);
            }
            case ARRAY_NEXT -> {
                ArrayFrame frame = array(track);
                if (b == ',') {
                    for (Option option : frame.shape.at(frame.count)) {
                        ArrayFrame next = frame.with(option);
                        if (next != null) {
                            out.add(automaton.track(Track.Kind.VALUE, automaton.intern(next), option.value(), 0));
                        }
                    }
                } else if (frame.canClose()) {
                    space(track, b, Track.Kind.ARRAY_END, out);
                }
                closeArray(track, b, out);
            }
            case ARRAY_END -> {
                space(track, b, track.kind, out);
                closeArray(track, b, out);
            }
            case DONE -> {}
            case UNSURE -> out.add(track);
        }
    }

    private static ObjectFrame object(Track track) {
        return (ObjectFrame) Objects.requireNonNull(track.frame);
    }

    private static ArrayFrame array(Track track) {
        return (ArrayFrame) Objects.requireNonNull(track.frame);
    }

    /** One space, or a newline and an indentation. */
    private void space(Track track, int b, Track.Kind kind, List<Track> out) {
        int space = track.space;
        int next;
        if (space == 0 && b == ' ') {
            next = Track.NO_SPACE;
        } else if (space == 0 && b == '\n') {
            next = 1;
        } else if (space > 0 && space <= MAX_INDENT && b == ' ') {
            next = space + 1;
        } else {
            return;
        }
        out.add(automaton.track(kind, track.frame, track.ref, next));
    }

    private void begin(Node node, @Nullable Frame frame, int b, boolean knowsTexts, List<Track> out) {
        ArrayFrame unique = frame instanceof ArrayFrame array && array.shape.isUnique() ? array : null;
        Spellings repeats = unique == null ? null : unique.used.after(b);
        Text text = unique == null || !knowsTexts ? null : Text.EMPTY;
        if (unique != null && unique.isGuess && node.count != Dfa.MANY) {
            unsure(out);
            return;
        }
        switch (b) {
            case '"' -> {
                for (StringShape shape : node.strings) {
                    if (isOpen(shape.dfa, shape.dfa.start(), repeats)) {
                        out.add(automaton.intern(new Track(
                                Track.Kind.STRING,
                                frame,
                                shape,
                                shape.dfa.start(),
                                0,
                                JsonString.NO_PARTIAL,
                                repeats,
                                text,
                                Track.NO_SPACE)));
                    }
                }
            }
            case '{' -> {
                for (ObjectShape shape : node.objects) {
                    if (Frame.fits(frame, shape.height)) {
                        ObjectFrame open = automaton.intern(ObjectFrame.open(frame, shape, automaton.isOrdered));
                        out.add(automaton.track(Track.Kind.OBJECT_START, open, null, 0));
                    }
                }
            }
            case '[' -> {
                for (ArrayShape shape : node.arrays) {
                    if (Frame.fits(frame, shape.height())) {
                        out.add(automaton.track(
                                Track.Kind.ARRAY_START, automaton.intern(ArrayFrame.open(frame, shape)), null, 0));
                    }
                }
            }
            case 'n' -> beginWord(node.nulls, "null", frame, repeats, out);
            case 't' -> beginWord((node.bools & 2) != 0, "true", frame, repeats, out);
            case 'f' -> beginWord((node.bools & 1) != 0, "false", frame, repeats, out);
            default -> {
                Dfa numbers = node.numbers;
                int state = numbers == null ? -1 : numbers.step(numbers.start(), b);
                if (state >= 0 && isOpen(Objects.requireNonNull(numbers), state, repeats)) {
                    out.add(automaton.intern(new Track(
                            Track.Kind.NUMBER,
                            frame,
                            numbers,
                            state,
                            0,
                            0,
                            repeats,
                            text == null ? null : text.plus(b),
                            Track.NO_SPACE)));
                }
            }
        }
    }

    private void unsure(List<Track> out) {
        out.add(automaton.track(Track.Kind.UNSURE, null, null, Track.NO_SPACE));
    }

    /** Whether few strings are left, so that a repeat that is not known could matter. */
    private static boolean isUnsure(Track track, Dfa dfa, int state) {
        return track.frame instanceof ArrayFrame array
                && array.isGuess
                && array.shape.isUnique()
                && dfa.count(state) != Dfa.MANY;
    }

    /** Whether some string from a state on is not among the repeats. */
    static boolean isOpen(Dfa dfa, int state, @Nullable Spellings repeats) {
        return repeats == null || dfa.count(state) == Dfa.MANY || dfa.count(state) > repeats.size;
    }

    private void beginWord(
            boolean isAllowed, String word, @Nullable Frame frame, @Nullable Spellings repeats, List<Track> out) {
        if (isAllowed && repeats == null) { // words are kept by their first letter
            out.add(automaton.intern(new Track(Track.Kind.WORD, frame, word, 1, 0, 0, null, null, Track.NO_SPACE)));
        }
    }

    private void word(Track track, int b, boolean knowsTexts, List<Track> out) {
        String word = (String) Objects.requireNonNull(track.ref);
        if (word.charAt(track.state) != b) {
            return;
        }
        if (track.state + 1 < word.length()) {
            out.add(automaton.intern(
                    new Track(Track.Kind.WORD, track.frame, word, track.state + 1, 0, 0, null, null, Track.NO_SPACE)));
        } else {
            finish(track.frame, word.substring(0, 1), knowsTexts, out);
        }
    }

    private void number(Track track, int b, boolean knowsTexts, List<Track> out) {
        Dfa dfa = (Dfa) Objects.requireNonNull(track.ref);
        int state = b < 128 ? dfa.step(track.state, b) : -1;
        if (state >= 0) {
            Spellings repeats = track.repeats == null ? null : track.repeats.after(b);
            if (isUnsure(track, dfa, state)) {
                unsure(out);
            } else if (isOpen(dfa, state, repeats)) {
                out.add(automaton.intern(new Track(
                        Track.Kind.NUMBER,
                        track.frame,
                        dfa,
                        state,
                        0,
                        0,
                        repeats,
                        track.text == null ? null : track.text.plus(b),
                        Track.NO_SPACE)));
            }
        } else if (dfa.accepts(track.state) && track.frame != null) {
            List<Track> after = new ArrayList<>();
            finish(track, "", knowsTexts, after);
            for (Track next : after) {
                step(next, b, knowsTexts, out);
            }
        }
    }

    private void string(Track track, int b, boolean knowsTexts, List<Track> out) {
        StringShape shape = (StringShape) Objects.requireNonNull(track.ref);
        if (track.partial == JsonString.NO_PARTIAL && b == '"') {
            if (shape.canEnd(track.state, track.length)) {
                finish(track, "\"", knowsTexts, out);
            }
            return;
        }
        long step = JsonString.step(track.partial, b, shape.isFree);
        if (step == JsonString.DEAD) {
            return;
        }
        if (JsonString.isCodePoint(step)) {
            int c = JsonString.codePoint(step);
            int state = shape.dfa.step(track.state, c);
            int length = shape.next(track.length);
            Spellings repeats = track.repeats == null ? null : track.repeats.after(c);
            if (state >= 0 && isUnsure(track, shape.dfa, state)) {
                unsure(out);
            } else if (state >= 0 && shape.isLive(state, length) && isOpen(shape.dfa, state, repeats)) {
                out.add(automaton.intern(new Track(
                        Track.Kind.STRING,
                        track.frame,
                        shape,
                        state,
                        length,
                        0,
                        repeats,
                        track.text == null ? null : track.text.plus(c),
                        Track.NO_SPACE)));
            }
        } else if (reaches(shape, track.state, track.length, (int) step)) {
            out.add(automaton.intern(new Track(
                    Track.Kind.STRING,
                    track.frame,
                    shape,
                    track.state,
                    track.length,
                    (int) step,
                    track.repeats,
                    track.text,
                    Track.NO_SPACE)));
        }
    }

    /** Whether a partial sequence can become a code point that goes on. */
    static boolean reaches(StringShape shape, int state, int length, int partial) {
        int next = shape.next(length);
        if (JsonString.isEscape(partial) && !shape.isFree) {
            return JsonString.canBecome(partial, c -> {
                int target = shape.dfa.step(state, c);
                return target >= 0 && shape.isLive(target, next);
            });
        }
        return shape.dfa.continuesWithin(
                state, JsonString.first(partial), JsonString.last(partial), target -> shape.isLive(target, next));
    }

    /** A string or number ends; before its text stands what tells it from other types. */
    void finish(Track track, String prefix, boolean knowsTexts, List<Track> out) {
        if (track.frame instanceof ArrayFrame array && array.shape.isUnique()) {
            if (track.repeats != null && track.repeats.ends) {
                return;
            }
            Text text = track.text;
            finish(track.frame, text == null ? null : prefix + text, knowsTexts, out);
        } else {
            finish(track.frame, null, knowsTexts, out);
        }
    }

    private void finish(@Nullable Frame frame, @Nullable String text, boolean knowsTexts, List<Track> out) {
        switch (frame) {
            case null -> out.add(automaton.track(Track.Kind.DONE, null, null, Track.NO_SPACE));
            case ObjectFrame object -> out.add(automaton.track(Track.Kind.OBJECT_NEXT, object, null, 0));
            case ArrayFrame array -> {
                if (!array.shape.isUnique()) {
                    out.add(automaton.track(Track.Kind.ARRAY_NEXT, array, null, 0));
                } else if (text != null && !array.isGuess) {
                    out.add(automaton.track(Track.Kind.ARRAY_NEXT, automaton.intern(array.withUsed(text)), null, 0));
                } else if (!knowsTexts && array.isGuess) {
                    unsure(out);
                } else {
                    out.add(automaton.track(Track.Kind.ARRAY_NEXT, automaton.intern(array.withUnknown()), null, 0));
                }
            }
        }
    }

    private void closeObject(Track track, int b, List<Track> out) {
        if (b == '}' && object(track).canClose()) {
            finish(object(track).parent, null, true, out);
        }
    }

    private void closeArray(Track track, int b, List<Track> out) {
        if (b == ']' && array(track).canClose()) {
            finish(array(track).parent, null, true, out);
        }
    }

    private void items(ArrayFrame frame, int b, boolean knowsTexts, List<Track> out) {
        for (Option option : frame.shape.at(0)) {
            ArrayFrame next = frame.with(option);
            if (next != null) {
                begin(option.value(), automaton.intern(next), b, knowsTexts, out);
            }
        }
    }

    private void openKey(Track track, int b, boolean knowsTexts, List<Track> out) {
        ObjectFrame frame = object(track);
        if (b == '"' && frame.canAdd()) {
            long number = frame.shape.extraCount[frame.shape.keys.start()];
            if (frame.isGuess && number != 0 && number != Dfa.MANY) {
                unsure(out);
                return;
            }
            boolean hasExtras = frame.allowedClasses() != 0;
            Spellings repeats = hasExtras && frame.extras.size > 0 ? frame.extras : null;
            Text text = hasExtras && knowsTexts ? Text.EMPTY : null;
            out.add(automaton.intern(new Track(
                    Track.Kind.KEY, frame, null, frame.shape.keys.start(), 0, 0, repeats, text, Track.NO_SPACE)));
        }
    }

    private void key(Track track, int b, boolean knowsTexts, List<Track> out) {
        ObjectFrame frame = object(track);
        Dfa keys = frame.shape.keys;
        if (track.partial == JsonString.NO_PARTIAL && b == '"') {
            closeKey(track, frame, knowsTexts, out);
            return;
        }
        long step = JsonString.step(track.partial, b, false);
        if (step == JsonString.DEAD) {
            return;
        }
        if (JsonString.isCodePoint(step)) {
            int c = JsonString.codePoint(step);
            int state = keys.step(track.state, c);
            Spellings repeats = track.repeats == null ? null : track.repeats.after(c);
            boolean isUnsure = frame.isGuess
                    && state >= 0
                    && frame.shape.extraCount[state] != 0
                    && frame.shape.extraCount[state] != Dfa.MANY;
            if (isUnsure) {
                unsure(out);
            } else if (frame.canContinue(state, repeats)) {
                out.add(automaton.intern(new Track(
                        Track.Kind.KEY,
                        frame,
                        null,
                        state,
                        0,
                        0,
                        repeats,
                        track.text == null ? null : track.text.plus(c),
                        Track.NO_SPACE)));
            }
        } else if (reaches(frame, track.state, (int) step)) {
            out.add(automaton.intern(new Track(
                    Track.Kind.KEY,
                    frame,
                    null,
                    track.state,
                    0,
                    (int) step,
                    track.repeats,
                    track.text,
                    Track.NO_SPACE)));
        }
    }

    static boolean reaches(ObjectFrame frame, int state, int partial) {
        Dfa keys = frame.shape.keys;
        if (JsonString.isEscape(partial)) {
            return JsonString.canBecome(partial, c -> frame.canContinue(keys.step(state, c), null));
        }
        return keys.continuesWithin(
                state, JsonString.first(partial), JsonString.last(partial), target -> frame.canContinue(target, null));
    }

    private void closeKey(Track track, ObjectFrame frame, boolean knowsTexts, List<Track> out) {
        Dfa keys = frame.shape.keys;
        if (!keys.accepts(track.state)) {
            return;
        }
        int label = keys.label(track.state);
        boolean isRepeat = track.repeats != null && track.repeats.ends;
        if (isRepeat && frame.shape.isExtra(label)) {
            return;
        }
        String text = knowsTexts && track.text != null ? track.text.toString() : null;
        closeKey(frame, label, text, out);
    }

    /** @param text the key, null if it is not known */
    void closeKey(ObjectFrame frame, int label, @Nullable String text, List<Track> out) {
        boolean isExtra = frame.shape.isExtra(label);
        if (isExtra && text == null && frame.isGuess) {
            unsure(out);
            return;
        }
        for (Option option : frame.shape.valuesOf(label)) {
            ObjectFrame next =
                    isExtra ? frame.withExtra(frame.shape.classOf(label), text, option) : frame.with(label, option);
            if (next != null) {
                out.add(automaton.track(Track.Kind.COLON, automaton.intern(next), option.value(), Track.NO_SPACE));
            }
        }
    }
}
