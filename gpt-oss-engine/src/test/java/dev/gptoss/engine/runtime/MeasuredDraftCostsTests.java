package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuredDraftCostsTests {

    private final MeasuredDraftCosts costs = new MeasuredDraftCosts();

    @Test
    void nothingIsTriedBeforePlainStepsAreKnown() {
        assertThat(costs.pays(1, 1)).isFalse();
        costs.took(1, 0, 100);
        assertThat(costs.pays(1, 1)).isTrue();
        assertThat(costs.pays(2, 1)).isFalse();
    }

    @Test
    void cheapRowsPayAndDearOnesDoNot() {
        for (int i = 0; i < 10; i++) {
            costs.took(1, 0, 100);
            costs.took(1, 4, 300);
        }
        assertThat(costs.pays(1, 0.6)).isTrue();
        assertThat(costs.pays(1, 0.4)).isFalse();
    }

    @Test
    void sequencesShareWhatAStepSaves() {
        for (int i = 0; i < 10; i++) {
            costs.took(4, 0, 200);
            costs.took(4, 2, 240);
        }
        assertThat(costs.pays(4, 0.5)).isTrue();
        assertThat(costs.pays(4, 0.3)).isFalse();
    }

    @Test
    void slowBeginningIsForgottenByTrials() {
        costs.took(1, 0, 100);
        for (int i = 0; i < 4; i++) {
            costs.took(1, 1, 10_000);
        }
        int tried = 0;
        for (int i = 0; i < 10_000; i++) {
            if (costs.pays(1, 0.9)) {
                tried++;
                costs.took(1, 1, 120);
            } else {
                costs.took(1, 0, 100);
            }
        }
        assertThat(costs.pays(1, 0.9)).isTrue();
        assertThat(tried).isGreaterThan(1000);
    }
}
