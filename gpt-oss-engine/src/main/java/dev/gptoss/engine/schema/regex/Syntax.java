package dev.gptoss.engine.schema.regex;

import java.util.List;

/** A parsed pattern. */
sealed interface Syntax {

    record Chars(CharSet set) implements Syntax {}

    record Sequence(List<Syntax> parts) implements Syntax {}

    record Choice(List<Syntax> branches) implements Syntax {}

    /** {@code max} is -1 for no bound. */
    record Repeat(Syntax body, int min, int max) implements Syntax {}

    record Lookahead(Syntax body, boolean negative) implements Syntax {}

    /** {@code ^} */
    record Start() implements Syntax {}

    /** {@code $} */
    record End() implements Syntax {}

    record WordBoundary(boolean negative) implements Syntax {}

    /** Whether the match depends on what stands before or after it. */
    default boolean hasAssertions() {
        return switch (this) {
            case Chars chars -> false;
            case Sequence s -> s.parts().stream().anyMatch(Syntax::hasAssertions);
            case Choice c -> c.branches().stream().anyMatch(Syntax::hasAssertions);
            case Repeat r -> r.body().hasAssertions();
            case Lookahead look -> true;
            case Start start -> true;
            case End end -> true;
            case WordBoundary boundary -> true;
        };
    }
}
