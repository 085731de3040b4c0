package dev.gptoss.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PolynomialMathTests {

    @Test
    void expIsWithinTwoUlps() {
        for (float x = PolynomialMath.LOWEST_EXPONENT; x <= PolynomialMath.HIGHEST_EXPONENT; x += 0.0037f) {
            double expected = Math.exp(x);
            assertThat((double) PolynomialMath.exp(x)).isCloseTo(expected, within(expected * 2.4e-7));
        }
        assertThat(PolynomialMath.exp(0)).isEqualTo(1);
        assertThat(PolynomialMath.exp(-88)).isZero();
        assertThat(PolynomialMath.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(PolynomialMath.exp(1000)).isFinite();
        assertThat(PolynomialMath.exp(Float.NaN)).isNaN();
    }

    @Test
    void logIsWithinTwoUlps() {
        for (float x = 1e-37f; x < 1e37f; x *= 1.0037f) {
            double expected = Math.log(x);
            assertThat((double) PolynomialMath.log(x))
                    .isCloseTo(expected, within(2.4e-7 * Math.max(Math.abs(expected), 0.3)));
        }
        assertThat(PolynomialMath.log(1)).isZero();
    }
}
