package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTests {

    private final WarmUp warmUp = new WarmUp();

    @Test
    void fallingTimesAreNotSettled() {
        assertThat(roundsUntilSettled(8, 6, 4, 3, 2, 1.5)).isEqualTo(-1);
    }

    @Test
    void evenTimesAreSettled() {
        assertThat(roundsUntilSettled(8, 4, 2, 2.01, 1.99, 2)).isEqualTo(5);
    }

    @Test
    void shortRoundsGoOnUntilTheCompilerHadItsTime() {
        double[] rounds = new double[400];
        java.util.Arrays.fill(rounds, 0.01);

        assertThat(roundsUntilSettled(rounds)).isEqualTo(75);
    }

    @Test
    void slowModelsStopAfterAMinute() {
        assertThat(roundsUntilSettled(90)).isEqualTo(1);
    }

    private int roundsUntilSettled(double... seconds) {
        for (double round : seconds) {
            warmUp.took(new BenchRun.Round(round, round));
            if (warmUp.isSettled()) {
                return warmUp.rounds();
            }
        }
        return -1;
    }
}
