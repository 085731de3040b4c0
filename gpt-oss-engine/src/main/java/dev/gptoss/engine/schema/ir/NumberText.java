package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import dev.gptoss.engine.schema.regex.Dfas;
import dev.gptoss.engine.schema.regex.RegexException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The text of the numbers of a term without points and holes, read digit by digit: how its integer part compares with
 * the bounds is known once the number of digits is.
 */
final class NumberText {

    /** Place within a number. */
    private enum Phase {
        START,
        MINUS,
        INTEGER,
        POINT,
        FRACTION
    }

    /**
     * What matters of the text read so far.
     *
     * @param digits digits of the integer part, then of the fraction
     * @param low how the digits compare with those of the lower bound of the magnitude: -1, 0, 1
     * @param rest the digits modulo the step, or how many zeros they end in
     */
    private record State(
            Phase phase,
            boolean negative,
            int digits,
            boolean zero,
            int low,
            int high,
            int rest,
            boolean hasFraction) {}

    /** A bound on the magnitude. */
    private record Bound(String integer, String fraction, boolean open) {

        static Bound of(BigDecimal value, boolean open) {
            String text = value.toPlainString();
            int point = text.indexOf('.');
            return new Bound(
                    point < 0 ? text : text.substring(0, point), point < 0 ? "" : text.substring(point + 1), open);
        }

        int compareDigit(int place, int digit) {
            return Integer.compare(digit, place < integer.length() ? integer.charAt(place) - '0' : 0);
        }

        int compareFraction(int place, int digit) {
            return Integer.compare(digit, place < fraction.length() ? fraction.charAt(place) - '0' : 0);
        }

        boolean hasMoreAfter(int place) {
            for (int i = place; i < fraction.length(); i++) {
                if (fraction.charAt(i) != '0') {
                    return true;
                }
            }
            return false;
        }
    }

    private static final int MAX_STATES = 60_000;
    // With 15 significant digits a decimal survives the way through a double.
    private static final int SAFE_DIGITS = 15;
    private static final int FRACTIONAL_INTEGER_DIGITS = 9;
    private static final int FRACTIONAL_PLACES = 6;

    private final NumberTerm.Kind kind;
    private final boolean isBare;
    private final @Nullable Bound[][] bounds = new Bound[2][2]; // (positive, negative), (low, high)
    private final boolean[] possible = new boolean[2];
    private final int stepScale;
    private final int step; // 0: none
    private final int zeros; // the step is a power of ten with so many zeros, -1 if it is not
    private final int maxInteger;
    private final int maxFraction;

    private NumberText(NumberTerm term) {
        kind = term.kind();
        isBare = term.isBare();
        BigDecimal low = term.low();
        BigDecimal high = term.high();
        possible[0] = high == null || high.signum() > 0 || high.signum() == 0 && !term.highOpen();
        possible[1] = low == null || low.signum() < 0 || low.signum() == 0 && !term.lowOpen();
        bounds[0][0] = low != null && low.signum() >= 0 ? Bound.of(low, term.lowOpen()) : null;
        bounds[0][1] = high != null && high.signum() >= 0 ? Bound.of(high, term.highOpen()) : null;
        bounds[1][0] = high != null && high.signum() <= 0 ? Bound.of(high.negate(), term.highOpen()) : null;
        bounds[1][1] = low != null && low.signum() <= 0 ? Bound.of(low.negate(), term.lowOpen()) : null;
        BigDecimal by = term.step();
        int longest = 0;
        int longestFraction = 0;
        for (Bound[] pair : bounds) {
            for (Bound bound : pair) {
                longest = bound == null
                        ? longest
                        : Math.max(longest, bound.integer().length());
                longestFraction = bound == null
                        ? longestFraction
                        : Math.max(longestFraction, bound.fraction().length());
            }
        }
        if (by == null) {
            stepScale = 0;
            step = 0;
            zeros = -1;
            maxInteger = kind == NumberTerm.Kind.FRACTIONAL
                    ? FRACTIONAL_INTEGER_DIGITS
                    : Math.max(NumberAutomata.MAX_DIGITS, longest);
            maxFraction = kind == NumberTerm.Kind.FRACTIONAL
                    ? FRACTIONAL_PLACES
                    : Math.max(NumberAutomata.MAX_DIGITS, longestFraction);
        } else {
            stepScale = Math.max(by.scale(), 0);
            String digits = by.setScale(stepScale).unscaledValue().toString();
            zeros = digits.matches("10*") ? digits.length() - 1 : -1;
            if (zeros < 0 && digits.length() > 5) {
                throw new RegexException("multiples of " + by + " need too large an automaton");
            }
            step = zeros < 0 ? Integer.parseInt(digits) : 1;
            boolean isOne = by.compareTo(BigDecimal.ONE) == 0;
            maxInteger = isOne ? Math.max(NumberAutomata.MAX_DIGITS, longest) : Math.max(SAFE_DIGITS - stepScale, 1);
            maxFraction = Math.max(stepScale, 1);
        }
    }

    static NumberText of(NumberTerm term) {
        return new NumberText(term);
    }

    Dfa automaton() {
        State start = new State(Phase.START, false, 0, false, 0, 0, 0, false);
        return Dfas.explored(start, "-.0123456789", this::next, this::accepts, MAX_STATES);
    }

    private @Nullable State next(State state, int c) {
        if (c == '-') {
            return state.phase() == Phase.START && possible[1]
                    ? new State(Phase.MINUS, true, 0, false, 0, 0, 0, false)
                    : null;
        }
        if (c == '.') {
            return state.phase() == Phase.INTEGER && mayHavePoint(state) ? point(state) : null;
        }
        int digit = c - '0';
        return switch (state.phase()) {
            case START -> possible[0] ? integer(state, digit) : null;
            case MINUS -> integer(state, digit);
            case INTEGER -> state.zero() || state.digits() >= maxInteger ? null : integer(state, digit);
            case POINT, FRACTION -> fraction(state, digit);
        };
    }

    private boolean mayHavePoint(State state) {
        return kind != NumberTerm.Kind.INTEGER || !isBare && state.digits() <= SAFE_DIGITS;
    }

    private State integer(State state, int digit) {
        int sign = state.negative() ? 1 : 0;
        boolean isFirst = state.phase() != Phase.INTEGER;
        return new State(
                Phase.INTEGER,
                state.negative(),
                state.digits() + 1,
                isFirst && digit == 0,
                compared(bounds[sign][0], state.low(), state.digits(), digit),
                compared(bounds[sign][1], state.high(), state.digits(), digit),
                rest(state.rest(), digit, isFirst),
                false);
    }

    private static int compared(@Nullable Bound bound, int before, int place, int digit) {
        if (bound == null || before != 0 || place >= bound.integer().length()) {
            return before;
        }
        return bound.compareDigit(place, digit);
    }

    private int rest(int before, int digit, boolean isFirst) {
        if (step == 0) {
            return 0;
        }
        if (zeros >= 0) { // a leading zero is a multiple of everything
            return digit == 0 ? isFirst ? zeros : Math.min(before + 1, zeros) : 0;
        }
        return (before * 10 + digit) % step;
    }

    private State point(State state) {
        int sign = state.negative() ? 1 : 0;
        return new State(
                Phase.POINT,
                state.negative(),
                0,
                state.zero(),
                settled(bounds[sign][0], state.low(), state.digits()),
                settled(bounds[sign][1], state.high(), state.digits()),
                state.rest(),
                false);
    }

    private static int settled(@Nullable Bound bound, int compared, int digits) {
        return bound == null || digits == bound.integer().length()
                ? compared
                : Integer.compare(digits, bound.integer().length());
    }

    private @Nullable State fraction(State state, int digit) {
        boolean beyondStep = step != 0 && state.digits() >= stepScale;
        if (kind == NumberTerm.Kind.INTEGER && (digit != 0 || state.digits() > 0)) {
            return null;
        }
        if (state.digits() >= maxFraction || beyondStep && (digit != 0 || stepScale > 0)) {
            return null;
        }
        int sign = state.negative() ? 1 : 0;
        return new State(
                Phase.FRACTION,
                state.negative(),
                state.digits() + 1,
                false,
                comparedFraction(bounds[sign][0], state.low(), state.digits(), digit),
                comparedFraction(bounds[sign][1], state.high(), state.digits(), digit),
                beyondStep ? state.rest() : rest(state.rest(), digit, false),
                state.hasFraction() || digit != 0);
    }

    private static int comparedFraction(@Nullable Bound bound, int before, int place, int digit) {
        return bound == null || before != 0 ? before : bound.compareFraction(place, digit);
    }

    private boolean accepts(State state) {
        boolean isInteger = state.phase() == Phase.INTEGER;
        if (!isInteger && state.phase() != Phase.FRACTION) {
            return false;
        }
        if (kind == NumberTerm.Kind.FRACTIONAL && !state.hasFraction()) {
            return false;
        }
        int sign = state.negative() ? 1 : 0;
        int place = isInteger ? 0 : state.digits();
        int low = isInteger ? settled(bounds[sign][0], state.low(), state.digits()) : state.low();
        int high = isInteger ? settled(bounds[sign][1], state.high(), state.digits()) : state.high();
        Bound lowBound = bounds[sign][0];
        Bound highBound = bounds[sign][1];
        if (lowBound != null) {
            boolean above = low > 0;
            boolean equal = low == 0 && !lowBound.hasMoreAfter(place);
            if (!above && !(equal && !lowBound.open())) {
                return false;
            }
        }
        if (highBound != null) {
            boolean below = high < 0 || high == 0 && highBound.hasMoreAfter(place);
            boolean equal = high == 0 && !highBound.hasMoreAfter(place);
            if (!below && !(equal && !highBound.open())) {
                return false;
            }
        }
        return step == 0 || isMultiple(state, place);
    }

    private boolean isMultiple(State state, int place) {
        int missing = stepScale - Math.min(place, stepScale);
        if (zeros >= 0) {
            return state.rest() + missing >= zeros;
        }
        long rest = state.rest();
        for (int i = 0; i < missing; i++) {
            rest = rest * 10 % step;
        }
        return rest == 0;
    }
}
