package dev.gptoss.engine.schema.regex;

/**
 * Translates a parsed pattern into the language of the strings in which it is found somewhere. Each part is translated
 * together with what follows it, so that lookaheads and anchors become intersections; because {@code ^} and word
 * boundaries look back, what follows is kept once for each kind of place: the start, after a word character, after
 * another character.
 */
final class Translation {

    /** A language per kind of place. */
    private record Places(Regex start, Regex word, Regex other) {
        boolean areSame() {
            return start == word && word == other;
        }
    }

    private static final int MAX_UNROLLED = 64;

    private final RegexAlgebra algebra;

    private Translation(RegexAlgebra algebra) {
        this.algebra = algebra;
    }

    static Regex searched(RegexAlgebra algebra, Syntax pattern) {
        return new Translation(algebra).searched(pattern);
    }

    private Regex searched(Syntax pattern) {
        Places found = translate(pattern, everywhere(algebra.anything));
        if (found.word() == found.other()) {
            Regex later = algebra.cat(algebra.chars(CharSet.ANY), algebra.cat(algebra.anything, found.word()));
            return algebra.or(found.start(), later);
        }
        return algebra.or(
                found.start(),
                algebra.cat(algebra.anything, algebra.cat(algebra.chars(CharSet.WORD), found.word())),
                algebra.cat(algebra.anything, algebra.cat(algebra.chars(CharSet.WORD.not()), found.other())));
    }

    private Places everywhere(Regex regex) {
        return new Places(regex, regex, regex);
    }

    private Places translate(Syntax syntax, Places rest) {
        return switch (syntax) {
            case Syntax.Chars chars -> everywhere(chars(chars.set(), rest));
            case Syntax.Sequence sequence -> {
                Places all = rest;
                for (Syntax part : sequence.parts().reversed()) {
                    all = translate(part, all);
                }
                yield all;
            }
            case Syntax.Choice choice -> {
                Places all = everywhere(algebra.none);
                for (Syntax branch : choice.branches()) {
                    all = or(all, translate(branch, rest));
                }
                yield all;
            }
            case Syntax.Repeat repeat -> repeat(repeat, rest);
            case Syntax.Lookahead look -> {
                Places ahead = translate(look.body(), everywhere(algebra.anything));
                yield look.negative() ? and(not(ahead), rest) : and(ahead, rest);
            }
            case Syntax.Start start -> new Places(rest.start(), algebra.none, algebra.none);
            case Syntax.End end -> and(everywhere(algebra.empty), rest);
            case Syntax.WordBoundary boundary -> {
                Regex wordNext = algebra.cat(algebra.chars(CharSet.WORD), algebra.anything);
                Places at = new Places(wordNext, algebra.not(wordNext), wordNext);
                yield and(boundary.negative() ? not(at) : at, rest);
            }
        };
    }

    private Regex chars(CharSet set, Places rest) {
        if (rest.word() == rest.other()) {
            return algebra.cat(algebra.chars(set), rest.word());
        }
        return algebra.or(
                algebra.cat(algebra.chars(set.and(CharSet.WORD)), rest.word()),
                algebra.cat(algebra.chars(set.and(CharSet.WORD.not())), rest.other()));
    }

    private Places repeat(Syntax.Repeat repeat, Places rest) {
        Syntax body = repeat.body();
        if (!body.hasAssertions() && rest.areSame()) {
            return everywhere(algebra.cat(algebra.repeat(pure(body), repeat.min(), repeat.max()), rest.start()));
        }
        if (body instanceof Syntax.Chars chars && isOneKind(chars.set()) && repeat.max() < 0) {
            Regex many = algebra.repeat(algebra.chars(chars.set()), Math.max(repeat.min(), 1), -1);
            boolean isWord = CharSet.WORD.containsAll(chars.set());
            Places once = everywhere(algebra.cat(many, isWord ? rest.word() : rest.other()));
            return repeat.min() > 0 ? once : or(rest, once);
        }
        if (!body.hasAssertions() && rest.word() == rest.other()) {
            // Only an empty match stays at the start.
            Regex all = pure(body);
            Regex many = algebra.and(
                    algebra.repeat(all, repeat.min(), repeat.max()),
                    algebra.cat(algebra.chars(CharSet.ANY), algebra.anything));
            Regex moved = algebra.cat(many, rest.word());
            boolean mayStay = repeat.min() == 0 || all.nullable;
            return mayStay
                    ? new Places(
                            algebra.or(rest.start(), moved),
                            algebra.or(rest.word(), moved),
                            algebra.or(rest.other(), moved))
                    : everywhere(moved);
        }
        int max = repeat.max() < 0 ? -1 : repeat.max();
        if (max < 0 || max > MAX_UNROLLED) {
            throw new RegexException("anchor, lookahead or word boundary inside or after an open repetition");
        }
        Places all = rest;
        for (int i = max; i > 0; i--) {
            Places more = translate(body, all);
            all = i > repeat.min() ? or(rest, more) : more;
        }
        return all;
    }

    private static boolean isOneKind(CharSet set) {
        return CharSet.WORD.containsAll(set) || CharSet.WORD.and(set).isEmpty();
    }

    private Regex pure(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Chars chars -> algebra.chars(chars.set());
            case Syntax.Sequence sequence -> {
                Regex all = algebra.empty;
                for (Syntax part : sequence.parts().reversed()) {
                    all = algebra.cat(pure(part), all);
                }
                yield all;
            }
            case Syntax.Choice choice ->
                algebra.or(choice.branches().stream().map(this::pure).toArray(Regex[]::new));
            case Syntax.Repeat repeat -> algebra.repeat(pure(repeat.body()), repeat.min(), repeat.max());
            default -> throw new IllegalStateException("assertion in a pure part");
        };
    }

    private Places or(Places a, Places b) {
        return new Places(
                algebra.or(a.start(), b.start()), algebra.or(a.word(), b.word()), algebra.or(a.other(), b.other()));
    }

    private Places and(Places a, Places b) {
        return new Places(
                algebra.and(a.start(), b.start()), algebra.and(a.word(), b.word()), algebra.and(a.other(), b.other()));
    }

    private Places not(Places a) {
        return new Places(algebra.not(a.start()), algebra.not(a.word()), algebra.not(a.other()));
    }
}
