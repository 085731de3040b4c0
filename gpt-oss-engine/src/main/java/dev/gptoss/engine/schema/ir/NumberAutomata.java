package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import dev.gptoss.engine.schema.regex.DfaProduct;
import dev.gptoss.engine.schema.regex.Dfas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Automata over the text of numbers. Spelling: integers without exponent, and with a fraction of one zero at most, as
 * writers of doubles give it; bounded numbers without exponent; at most 100 digits before and after the point. Where readers that use doubles and readers that use decimals could
 * differ, only what both accept is left.
 */
final class NumberAutomata {

    static final int MAX_DIGITS = 100;

    private static final String FREE = "^-?(?:(?:0|[1-9]\\d{0,99})(?:\\.\\d{1,100})?(?:[eE][+-]?\\d{1,2})?"
            + "|\\d(?:\\.\\d{1,100})?[eE][+-]?(?:[1-9]\\d|[12]\\d\\d|30[0-7]))$";
    private static final Dfa FREE_NUMBERS = Dfas.searching(FREE);
    private static final Dfa BARE_INTEGERS = Dfas.searching("^-?(?:0|[1-9]\\d{0,99})$");
    private static final Dfa FREE_INTEGERS = Dfas.searching("^-?(?:0|[1-9]\\d{0,99})$|^-?(?:0|[1-9]\\d{0,14})\\.0$");

    private NumberAutomata() {}

    static Dfa of(List<NumberTerm> terms) {
        return DfaProduct.union(terms.stream().map(NumberAutomata::of).toList());
    }

    private static Dfa of(NumberTerm term) {
        if (term.equals(NumberTerm.FREE)) {
            return FREE_NUMBERS;
        }
        if (term.equals(NumberTerm.INTEGERS)) {
            return FREE_INTEGERS;
        }
        if (term.equals(NumberTerm.BARE_INTEGERS)) {
            return BARE_INTEGERS;
        }
        Set<BigDecimal> points = term.points();
        if (points != null) {
            return Dfas.words(spellings(points, term.isBare()));
        }
        Dfa whole = NumberText.of(roundedInward(term)).automaton();
        if (term.holes().isEmpty() || whole.isEmpty()) {
            return whole;
        }
        List<Dfa> holes = new ArrayList<>();
        for (BigDecimal hole : term.holes()) {
            NumberTerm around = term.kind() == NumberTerm.Kind.INTEGER
                    ? NumberTerm.between(hole, hole)
                    : NumberTerm.between(towards(hole, false), towards(hole, true));
            holes.add(NumberText.of(around).automaton());
        }
        return DfaProduct.intersection(List.of(whole), holes);
    }

    private static Set<String> spellings(Set<BigDecimal> points, boolean isBare) {
        Set<String> out = new LinkedHashSet<>();
        for (BigDecimal point : points) {
            if (point.precision() - point.scale() <= MAX_DIGITS && point.scale() <= MAX_DIGITS) {
                out.add(point.toPlainString());
                if (point.scale() <= 0 && !isBare) {
                    out.add(point.toPlainString() + ".0");
                }
            }
            if (point.scale() > 0 || point.precision() - point.scale() > 15) {
                out.add(point.toString());
            }
        }
        return out;
    }

    /** Open bounds move to where a double is on the right side of the bound. */
    private static NumberTerm roundedInward(NumberTerm term) {
        if (term.kind() == NumberTerm.Kind.INTEGER) {
            return term;
        }
        BigDecimal low = term.low();
        BigDecimal high = term.high();
        if (low != null && term.lowOpen() && low.signum() != 0) {
            low = towards(low, true);
        }
        if (high != null && term.highOpen() && high.signum() != 0) {
            high = towards(high, false);
        }
        return new NumberTerm(
                term.kind(), low, term.lowOpen(), high, term.highOpen(), term.step(), term.isBare(), null, Set.of());
    }

    /** Halfway to the next double: what lies beyond is another double. Zero has no near neighbour in our texts. */
    private static BigDecimal towards(BigDecimal value, boolean up) {
        double nearest = value.doubleValue();
        double next = up ? Math.nextUp(nearest) : Math.nextDown(nearest);
        if (value.signum() == 0 || Double.isInfinite(nearest) || Double.isInfinite(next) || Math.abs(nearest) < 1e-90) {
            return value;
        }
        BigDecimal half = new BigDecimal(nearest).add(new BigDecimal(next)).divide(BigDecimal.TWO);
        return up ? half.max(value) : half.min(value);
    }
}
