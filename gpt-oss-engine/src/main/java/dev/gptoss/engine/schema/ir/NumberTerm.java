package dev.gptoss.engine.schema.ir;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one kind within bounds.
 *
 * @param low least value, null for none
 * @param high greatest value, null for none
 * @param step every number is a multiple of it, null for none
 * @param isBare whether integers are written without a fraction, also one that is zero
 * @param points if not null, the only numbers
 * @param holes numbers that are left out
 */
public record NumberTerm(
        Kind kind,
        @Nullable BigDecimal low,
        boolean lowOpen,
        @Nullable BigDecimal high,
        boolean highOpen,
        @Nullable BigDecimal step,
        boolean isBare,
        @Nullable Set<BigDecimal> points,
        Set<BigDecimal> holes) {

    /** Whether numbers have a fraction. */
    public enum Kind {
        ANY,
        INTEGER,
        FRACTIONAL
    }

    static final NumberTerm FREE = new NumberTerm(Kind.ANY, null, false, null, false, null, false, null, Set.of());
    static final NumberTerm INTEGERS = FREE.withKind(Kind.INTEGER);
    static final NumberTerm BARE_INTEGERS = INTEGERS.bare();
    static final NumberTerm FRACTIONS = FREE.withKind(Kind.FRACTIONAL);

    static NumberTerm between(BigDecimal low, BigDecimal high) {
        return new NumberTerm(Kind.ANY, low, false, high, false, null, false, null, Set.of());
    }

    static NumberTerm integers(BigDecimal low, BigDecimal high) {
        return between(low, high).withKind(Kind.INTEGER);
    }

    static NumberTerm atLeast(BigDecimal low, boolean open) {
        return new NumberTerm(Kind.ANY, low, open, null, false, null, false, null, Set.of());
    }

    static NumberTerm atMost(BigDecimal high, boolean open) {
        return new NumberTerm(Kind.ANY, null, false, high, open, null, false, null, Set.of());
    }

    static NumberTerm multiplesOf(BigDecimal step) {
        return new NumberTerm(Kind.ANY, null, false, null, false, step.stripTrailingZeros(), false, null, Set.of());
    }

    static NumberTerm of(Set<BigDecimal> points) {
        return new NumberTerm(Kind.ANY, null, false, null, false, null, false, points, Set.of());
    }

    static NumberTerm without(Set<BigDecimal> holes) {
        return new NumberTerm(Kind.ANY, null, false, null, false, null, false, null, holes);
    }

    private NumberTerm withKind(Kind other) {
        return new NumberTerm(other, low, lowOpen, high, highOpen, step, isBare, points, holes);
    }

    /** The same numbers, integers without a fraction. */
    NumberTerm bare() {
        return new NumberTerm(kind, low, lowOpen, high, highOpen, step, true, points, holes);
    }

    /** The conjunction, null if it is empty. */
    @Nullable
    NumberTerm and(NumberTerm other) {
        if (this.equals(FREE) || this.equals(other)) {
            return other;
        }
        if (kind != Kind.ANY && other.kind != Kind.ANY && kind != other.kind) {
            return null;
        }
        BigDecimal newLow = low;
        boolean newLowOpen = lowOpen;
        if (other.low != null) {
            int order = low == null ? -1 : low.compareTo(other.low);
            newLowOpen = order < 0 ? other.lowOpen : order == 0 ? lowOpen | other.lowOpen : lowOpen;
            newLow = order < 0 ? other.low : low;
        }
        BigDecimal newHigh = high;
        boolean newHighOpen = highOpen;
        if (other.high != null) {
            int order = high == null ? 1 : high.compareTo(other.high);
            newHighOpen = order > 0 ? other.highOpen : order == 0 ? highOpen | other.highOpen : highOpen;
            newHigh = order > 0 ? other.high : high;
        }
        Set<BigDecimal> newHoles = new LinkedHashSet<>(holes);
        newHoles.addAll(other.holes);
        Set<BigDecimal> newPoints = points == null ? other.points : points;
        if (points != null && other.points != null) {
            newPoints = new LinkedHashSet<>(points);
            newPoints.retainAll(other.points);
        }
        NumberTerm joined = new NumberTerm(
                kind == Kind.ANY ? other.kind : kind,
                newLow,
                newLowOpen,
                newHigh,
                newHighOpen,
                commonMultiple(step, other.step),
                isBare || other.isBare,
                newPoints,
                newHoles);
        return joined.simplified();
    }

    private @Nullable NumberTerm simplified() {
        if (low != null && high != null) {
            int order = low.compareTo(high);
            if (order > 0 || order == 0 && (lowOpen || highOpen)) {
                return null;
            }
        }
        if (points != null) {
            Set<BigDecimal> left = new LinkedHashSet<>(points);
            left.removeIf(point -> !admits(point));
            return left.isEmpty() ? null : isBare ? of(left).bare() : of(left);
        }
        return this;
    }

    /** Whether a number lies in this set; its representation has no trailing zeros. */
    boolean contains(BigDecimal value) {
        return (points == null || points.contains(value)) && admits(value);
    }

    private boolean admits(BigDecimal value) {
        boolean whole = value.scale() <= 0;
        return (kind == Kind.ANY || whole == (kind == Kind.INTEGER))
                && (low == null || (lowOpen ? value.compareTo(low) > 0 : value.compareTo(low) >= 0))
                && (high == null || (highOpen ? value.compareTo(high) < 0 : value.compareTo(high) <= 0))
                && (step == null || value.remainder(step).signum() == 0)
                && !holes.contains(value);
    }

    private static @Nullable BigDecimal commonMultiple(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        int scale = Math.max(Math.max(a.scale(), b.scale()), 0);
        BigInteger x = a.setScale(scale).unscaledValue();
        BigInteger y = b.setScale(scale).unscaledValue();
        return new BigDecimal(x.divide(x.gcd(y)).multiply(y), scale).stripTrailingZeros();
    }
}
