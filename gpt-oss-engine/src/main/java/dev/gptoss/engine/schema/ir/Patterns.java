package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.SchemaNotSupportedException;
import dev.gptoss.engine.schema.regex.Dfa;
import dev.gptoss.engine.schema.regex.DfaProduct;
import dev.gptoss.engine.schema.regex.Dfas;
import dev.gptoss.engine.schema.regex.RegexException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Automata of the strings that one schema names, each made once. */
public final class Patterns {

    private final SharedAutomata shared;
    private final Map<StringTerm, Dfa> terms = new HashMap<>();
    private final Map<StringAtom, Dfa> words = new HashMap<>();

    public Patterns(SharedAutomata shared) {
        this.shared = shared;
    }

    public Dfa automaton(StringAtom atom) {
        return switch (atom) {
            case StringAtom.Pattern searched -> shared.pattern(searched.pattern(), Dfas::searching);
            case StringAtom.Words named -> words.computeIfAbsent(named, ignored -> Dfas.words(named.words()));
        };
    }

    boolean contains(StringAtom atom, String text) {
        return atom instanceof StringAtom.Words named
                ? named.words().contains(text)
                : automaton(atom).matches(text);
    }

    Dfa numbers(List<NumberTerm> terms) {
        return shared.numbers(terms);
    }

    /** The automaton of a term without its bounds on the length. */
    public Dfa unbounded(StringTerm term) {
        StringTerm bare = new StringTerm(term.in(), term.out(), 0, Dfa.UNBOUNDED);
        Dfa known = terms.get(bare);
        if (known == null) {
            List<Dfa> in = new ArrayList<>();
            term.in().forEach(atom -> in.add(automaton(atom)));
            List<Dfa> out = new ArrayList<>();
            term.out().forEach(atom -> out.add(automaton(atom)));
            if (in.isEmpty() && out.isEmpty()) {
                known = Dfas.ANY;
            } else {
                known = DfaProduct.intersection(in, out);
            }
            terms.put(bare, known);
        }
        return known;
    }

    /** The automaton of a term. */
    public Dfa bounded(StringTerm term) {
        Dfa bare = unbounded(term);
        if (term.min() == 0 && term.max() == Dfa.UNBOUNDED) {
            return bare;
        }
        return bare.isEmpty()
                ? bare
                : DfaProduct.intersection(List.of(bare, DfaProduct.lengths(term.min(), term.max())), List.of());
    }

    /** Checks a pattern where its place in the document is known. */
    void check(String pattern, String pointer, String keyword) {
        try {
            automaton(new StringAtom.Pattern(pattern));
        } catch (RegexException e) {
            throw new SchemaNotSupportedException(pointer, keyword, e.getMessage() + ": " + pattern);
        }
    }
}
