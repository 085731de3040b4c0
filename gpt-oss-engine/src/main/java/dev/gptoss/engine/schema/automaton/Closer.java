package dev.gptoss.engine.schema.automaton;

import dev.gptoss.engine.schema.regex.Dfa;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds the shortest text that completes a document from a state. */
public final class Closer {

    // Deeper down flat values are preferred to short ones, so that the limit on nesting holds.
    private static final int DEEP = Frame.MAX_DEPTH - 100;
    private static final int MAX_SEARCH = 200_000;
    private static final String PARTIAL_BYTES = "u\"\\bfnrt/0123456789abcdefABCDEF";

    private final Automaton automaton;

    public Closer(Automaton automaton) {
        this.automaton = automaton;
    }

    /** Bytes that complete a live state; none if it is complete. */
    public byte[] close(Config config) {
        if (config.isComplete()) {
            return new byte[0];
        }
        byte @Nullable [] best = null;
        for (Track track : config.tracks) {
            byte[] bytes = track.partial == JsonString.NO_PARTIAL
                    ? close(track).getBytes(StandardCharsets.UTF_8)
                    : closePartial(track);
            if (best == null || bytes.length < best.length) {
                best = bytes;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no text leads on from here");
        }
        return best;
    }

    private byte[] closePartial(Track track) {
        Config from = automaton.config(List.of(track), true);
        for (int i = 0; i < PARTIAL_BYTES.length() + 64; i++) {
            int b = i < PARTIAL_BYTES.length() ? PARTIAL_BYTES.charAt(i) : 0x80 + i - PARTIAL_BYTES.length();
            Config next = automaton.step(from, b);
            if (!next.isDead()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(b);
                out.writeBytes(close(next));
                return out.toByteArray();
            }
        }
        throw new IllegalStateException("a partial character cannot be completed");
    }

    private String close(Track track) {
        StringBuilder out = new StringBuilder();
        Frame frame = track.frame;
        switch (track.kind) {
            case VALUE -> frame = append(out, (Node) Objects.requireNonNull(track.ref), frame);
            case STRING -> {
                StringShape shape = (StringShape) Objects.requireNonNull(track.ref);
                String rest = track.repeats == null
                        ? shape.rest(track.state, track.length)
                        : outside(shape.dfa, track.state, track.repeats, ignored -> true);
                out.append(escaped(rest)).append('"');
                frame = used(frame, "\"" + track.text + rest);
            }
            case NUMBER -> {
                Dfa dfa = (Dfa) Objects.requireNonNull(track.ref);
                String rest = outside(dfa, track.state, track.repeats, ignored -> true);
                out.append(rest);
                frame = used(frame, track.text + rest);
            }
            case WORD -> {
                String word = (String) Objects.requireNonNull(track.ref);
                out.append(word, track.state, word.length());
                frame = used(frame, word.substring(0, 1));
            }
            case KEY, OBJECT_KEY -> {
                return closeKey(track);
            }
            case COLON -> {
                out.append(':');
                frame = append(out, (Node) Objects.requireNonNull(track.ref), frame);
            }
            case OBJECT_START -> frame = finish(out, (ObjectFrame) Objects.requireNonNull(frame), true);
            case ARRAY_START -> frame = finish(out, (ArrayFrame) Objects.requireNonNull(frame), true);
            case OBJECT_NEXT, OBJECT_END, ARRAY_NEXT, ARRAY_END, DONE -> {}
            case UNSURE -> throw new IllegalStateException("texts are not known");
        }
        finishAll(out, frame);
        return out.toString();
    }

    /** Tries every key that may come, each with all that follows. */
    private String closeKey(Track track) {
        ObjectFrame frame = (ObjectFrame) Objects.requireNonNull(track.frame);
        Dfa keys = frame.shape.keys;
        boolean isOpen = track.kind == Track.Kind.KEY;
        int state = isOpen ? track.state : keys.start();
        String soFar = track.text == null ? "" : track.text.toString();
        String best = null;
        long[] below = frame.shape.below(state);
        for (int key = 0; below.length > 0 && key < frame.shape.names.length; key++) {
            if ((below[key >> 6] & frame.allowed()[key >> 6] & 1L << key) != 0) {
                String name = frame.shape.names[key];
                best = shorter(best, frame, key, isOpen ? suffix(keys, state, key, name) : name, name, isOpen);
            }
        }
        if ((frame.shape.classesBelow[state] & frame.allowedClasses()) != 0) {
            Spellings repeats = isOpen ? track.repeats : frame.extras;
            String rest = outside(keys, state, repeats, label -> frame.shape.isExtra(label) && isAllowed(frame, label));
            int label = keys.label(after(keys, state, rest));
            best = shorter(best, frame, label, rest, soFar + rest, isOpen);
        }
        return Objects.requireNonNull(best);
    }

    private static boolean isAllowed(ObjectFrame frame, int label) {
        return (frame.allowedClasses() >> label - frame.shape.names.length & 1) != 0;
    }

    private @Nullable String shorter(
            @Nullable String best, ObjectFrame frame, int label, String rest, String key, boolean isOpen) {
        for (Option option : frame.shape.valuesOf(label)) {
            ObjectFrame next = next(frame, label, key, option);
            if (next != null) {
                StringBuilder out = new StringBuilder(isOpen ? "" : "\"")
                        .append(escaped(rest))
                        .append("\":");
                finishAll(out, append(out, option.value(), next));
                if (best == null || out.length() < best.length()) {
                    best = out.toString();
                }
            }
        }
        return best;
    }

    private static @Nullable ObjectFrame next(ObjectFrame frame, int label, String key, Option option) {
        return frame.shape.isExtra(label)
                ? frame.withExtra(frame.shape.classOf(label), key, option)
                : frame.with(label, option);
    }

    /** What is left of a name after the state that its beginning leads to. */
    private static String suffix(Dfa keys, int state, int key, String name) {
        int at = keys.start();
        for (int i = 0; i < name.length(); ) {
            if (at == state && keys.label(after(keys, at, name.substring(i))) == key) {
                return name.substring(i);
            }
            int c = name.codePointAt(i);
            at = keys.step(at, c);
            i += Character.charCount(c);
        }
        return "";
    }

    private static int after(Dfa dfa, int from, String text) {
        int state = from;
        for (int c : text.codePoints().toArray()) {
            state = dfa.step(state, c);
        }
        return state;
    }

    private static @Nullable Frame used(@Nullable Frame frame, String text) {
        return frame instanceof ArrayFrame array && array.shape.isUnique() ? array.withUsed(text) : frame;
    }

    private void finishAll(StringBuilder out, @Nullable Frame from) {
        Frame frame = from;
        while (frame != null) {
            frame = switch (frame) {
                case ObjectFrame object -> finish(out, object, false);
                case ArrayFrame array -> finish(out, array, false);
            };
        }
    }

    /** Completes an array; returns the frame around it. */
    private @Nullable Frame finish(StringBuilder out, ArrayFrame from, boolean isFirst) {
        ArrayFrame frame = from;
        boolean needsComma = !isFirst;
        Option[] options = Objects.requireNonNull(frame.shape.closing(frame.count, frame.met));
        for (Option option : options) {
            out.append(needsComma ? "," : "");
            needsComma = true;
            frame = (ArrayFrame) Objects.requireNonNull(append(out, option.value(), frame));
        }
        out.append(']');
        return frame.parent;
    }

    /** Completes an object; returns the frame around it. */
    private @Nullable Frame finish(StringBuilder out, ObjectFrame from, boolean isFirst) {
        ObjectFrame frame = from;
        boolean needsComma = !isFirst;
        while (!frame.canClose()) {
            Member member = member(frame);
            out.append(needsComma ? ",\"" : "\"").append(escaped(member.key())).append("\":");
            needsComma = true;
            append(out, member.option().value(), member.next());
            frame = member.next();
        }
        out.append('}');
        return frame.parent;
    }

    private record Member(String key, Option option, ObjectFrame next) {}

    /** The property to add: a missing one, or what meets a demand, or what is short. */
    private Member member(ObjectFrame frame) {
        ObjectShape shape = frame.shape;
        long[] missing = frame.missing();
        Member best = null;
        int bestRank = Integer.MAX_VALUE;
        for (int key = 0; key < shape.names.length; key++) {
            boolean isMissing = (missing[key >> 6] >> key & 1) != 0;
            for (Option option : shape.values[key]) {
                int rank = rank(frame, isMissing, option, shape.names[key].length());
                ObjectFrame next = rank < bestRank ? frame.with(key, option) : null;
                if (next != null) {
                    best = new Member(shape.names[key], option, next);
                    bestRank = rank;
                }
            }
        }
        for (int c = 0; c < shape.extraValues.length && (frame.allowedClasses() >> c & 1) != 0; c++) {
            int label = shape.names.length + c;
            for (Option option : shape.extraValues[c]) {
                int rank = rank(frame, false, option, 1);
                if (rank < bestRank) {
                    String key = outside(shape.keys, shape.keys.start(), frame.extras, each -> each == label);
                    ObjectFrame next = frame.withExtra(c, key, option);
                    if (next != null) {
                        best = new Member(key, option, next);
                        bestRank = rank;
                    }
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    private static int rank(ObjectFrame frame, boolean isMissing, Option option, int keyLength) {
        int size = frame.depth > DEEP ? option.value().height : option.value().cost + keyLength;
        boolean meets = (option.fulfils() & frame.unmet()) != 0;
        int group = isMissing ? meets ? 0 : 1 : meets ? 2 : 3;
        return (group << 28) + Math.min(size, (1 << 28) - 1);
    }

    /** A short value; returns the frame after it. */
    private @Nullable Frame append(StringBuilder out, Node node, @Nullable Frame frame) {
        if (frame instanceof ArrayFrame array && array.shape.isUnique()) {
            return appendDistinct(out, node, array);
        }
        boolean isDeep = frame != null && frame.depth > DEEP;
        if (node.nulls) {
            out.append("null");
        } else if (node.bools != 0 && (isDeep || node.cost >= ((node.bools & 2) != 0 ? 4 : 5))) {
            out.append((node.bools & 2) != 0 ? "true" : "false");
        } else if (node.numbers != null && (isDeep || node.numbers.shortest(node.numbers.start()) <= node.cost)) {
            out.append(node.numbers.witness(node.numbers.start()));
        } else {
            appendOther(out, node, frame, isDeep);
        }
        return frame;
    }

    private void appendOther(StringBuilder out, Node node, @Nullable Frame frame, boolean isDeep) {
        for (StringShape shape : node.strings) {
            if (isDeep || shape.cost() <= node.cost) {
                out.append('"')
                        .append(escaped(shape.rest(shape.dfa.start(), 0)))
                        .append('"');
                return;
            }
        }
        StringBuilder best = null;
        for (ArrayShape shape : node.arrays) {
            if (Frame.fits(frame, shape.height()) && (!isDeep || shape.height() == node.height)) {
                StringBuilder text = new StringBuilder("[");
                finish(text, ArrayFrame.open(frame, shape), true);
                best = best == null || text.length() < best.length() ? text : best;
            }
        }
        for (ObjectShape shape : node.objects) {
            if (Frame.fits(frame, shape.height) && (!isDeep || shape.height == node.height)) {
                StringBuilder text = new StringBuilder("{");
                finish(text, ObjectFrame.open(frame, shape, automaton.isOrdered), true);
                best = best == null || text.length() < best.length() ? text : best;
            }
        }
        out.append(Objects.requireNonNull(best));
    }

    private static Frame appendDistinct(StringBuilder out, Node node, ArrayFrame frame) {
        for (String word : List.of("null", "true", "false")) {
            boolean isAllowed = switch (word) {
                case "null" -> node.nulls;
                case "true" -> (node.bools & 2) != 0;
                default -> (node.bools & 1) != 0;
            };
            if (isAllowed && frame.used.after(word.charAt(0)) == null) {
                out.append(word);
                return frame.withUsed(word.substring(0, 1));
            }
        }
        if (node.numbers != null) {
            for (int c : "0123456789-".codePoints().toArray()) {
                int state = node.numbers.step(node.numbers.start(), c);
                Spellings repeats = frame.used.after(c);
                if (state >= 0 && Steps.isOpen(node.numbers, state, repeats)) {
                    String text = Character.toString(c) + outside(node.numbers, state, repeats, ignored -> true);
                    out.append(text);
                    return frame.withUsed(text);
                }
            }
        }
        for (StringShape shape : node.strings) {
            Spellings repeats = frame.used.after('"');
            if (Steps.isOpen(shape.dfa, shape.dfa.start(), repeats)) {
                String text = outside(shape.dfa, shape.dfa.start(), repeats, ignored -> true);
                out.append('"').append(escaped(text)).append('"');
                return frame.withUsed("\"" + text);
            }
        }
        throw new IllegalStateException("distinct values ran out");
    }

    private record Reached(int state, @Nullable Spellings repeats, String text) {}

    /** A shortest string from a state that is not a repeat and whose label is wanted. */
    private static String outside(Dfa dfa, int from, @Nullable Spellings repeats, IntPredicate label) {
        ArrayDeque<Reached> queue = new ArrayDeque<>();
        Set<Integer> seen = new HashSet<>();
        queue.add(new Reached(from, repeats, ""));
        for (int i = 0; i < MAX_SEARCH && !queue.isEmpty(); i++) {
            Reached at = queue.remove();
            boolean isRepeat = at.repeats() != null && at.repeats().ends;
            if (dfa.accepts(at.state()) && label.test(dfa.label(at.state())) && !isRepeat) {
                return at.text();
            }
            for (int c : dfa.choices(at.state(), at.repeats() == null ? 0 : 64)) {
                int target = dfa.step(at.state(), c);
                Spellings after = at.repeats() == null ? null : at.repeats().after(c);
                if (target >= 0 && (after != null || seen.add(target))) {
                    queue.add(new Reached(target, after, at.text() + Character.toString(c)));
                }
            }
        }
        throw new IllegalStateException("no string is left");
    }

    /** The text of a string in its shortest spelling. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            int named = "\b\f\n\r\t\"\\".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("bfnrt\"\\".charAt(named));
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }
}
