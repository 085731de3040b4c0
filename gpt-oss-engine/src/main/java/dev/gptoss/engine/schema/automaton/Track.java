package dev.gptoss.engine.schema.automaton;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way to read the text so far: a place in the grammar and the frames around it. Equal tracks of one automaton are
 * the same object.
 */
final class Track {

    /** What is being read. */
    enum Kind {
        /** Before a value of {@code ref}, a {@link Node}. */
        VALUE,
        /** Within a string of {@code ref}, a {@link StringShape}. */
        STRING,
        /** Within a number of {@code ref}, a {@link dev.gptoss.engine.schema.regex.Dfa}. */
        NUMBER,
        /** Within null, true or false: {@code ref} is the text, {@code state} the place. */
        WORD,
        /** After an opening brace. */
        OBJECT_START,
        /** After a value of an object. */
        OBJECT_NEXT,
        /** Before the closing brace. */
        OBJECT_END,
        /** After a comma of an object. */
        OBJECT_KEY,
        /** Within a key. */
        KEY,
        /** After a key whose value is {@code ref}, a {@link Node}. */
        COLON,
        ARRAY_START,
        ARRAY_NEXT,
        ARRAY_END,
        /** After the whole value. */
        DONE,
        /** A repeat cannot be told without the text. */
        UNSURE
    }

    static final int NO_SPACE = -1;

    final Kind kind;
    final @Nullable Frame frame;
    final @Nullable Object ref;
    final int state; // of the automaton of the string, number or key
    final int length; // code points of the string, as far as they matter
    final int partial; // of JsonString
    final @Nullable Spellings repeats; // what the key or item must not become
    final @Nullable Text text; // of the key or item, if it will matter
    final int space; // NO_SPACE: none may come; 0: none came; 1 + n: a newline and n spaces came
    private final int hash;
    private @Nullable TokenSet tokens;

    Track(
            Kind kind,
            @Nullable Frame frame,
            @Nullable Object ref,
            int state,
            int length,
            int partial,
            @Nullable Spellings repeats,
            @Nullable Text text,
            int space) {
        this.kind = kind;
        this.frame = frame;
        this.ref = ref;
        this.state = state;
        this.length = length;
        this.partial = partial;
        this.repeats = repeats;
        this.text = text;
        this.space = space;
        int code = kind.ordinal();
        code = 31 * code + System.identityHashCode(frame);
        code = 31 * code + System.identityHashCode(ref);
        code = 31 * code + state;
        code = 31 * code + length;
        code = 31 * code + partial;
        code = 31 * code + space;
        hash = 31 * code + Objects.hash(repeats, text);
    }

    /** The permitted tokens, if they were found already. */
    @Nullable
    TokenSet tokens() {
        return tokens;
    }

    void remember(@Nullable TokenSet found) {
        tokens = found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Track that
                && hash == that.hash
                && kind == that.kind
                && frame == that.frame
                && ref == that.ref
                && state == that.state
                && length == that.length
                && partial == that.partial
                && space == that.space
                && Objects.equals(repeats, that.repeats)
                && Objects.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
