package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KvSlotTests {

    private static final int WINDOW = 16;

    /** Ring of 32 positions: window - 1 + 17 rows. */
    private final Limits limits = new Limits(17, 1, 1, 256, 8, 32, 4, 4);

    private final PagePool pages = new PagePool(limits.fullPages());
    private final Step step = new Step(limits);
    private final KvSlot slot = new KvSlot(0, WINDOW, limits, pages, new PagePool(4), step);

    @Test
    void pagesAreTakenAsPositionsComeAndGivenBackAsTheyGo() {
        compute(20);
        assertThat(pages.used()).isEqualTo(3);
        slot.truncate(8);
        assertThat(pages.used()).isEqualTo(1);
        slot.truncate(0);
        assertThat(pages.used()).isZero();
    }

    @Test
    void samePromptIsReusedUpToItsLastToken() {
        compute(20);
        assertThat(slot.reusable(tokens(20))).isEqualTo(19);
        assertThat(slot.reusable(tokens(15))).isEqualTo(14);
        assertThat(slot.reusable(tokens(40))).isEqualTo(20);
    }

    @Test
    void reuseEndsAtTheFirstOtherToken() {
        compute(20);
        int[] other = tokens(20);
        other[7] = -1;
        assertThat(slot.reusable(other)).isEqualTo(7);
    }

    @Test
    void beginningWhoseWindowIsOverwrittenIsNotReused() {
        compute(100);
        // positions from 100 - 32 are intact; continuing at k needs those from k - 15
        assertThat(slot.reusable(tokens(84))).isEqualTo(83);
        assertThat(slot.reusable(tokens(83))).isZero();
    }

    @Test
    void goingBackDoesNotMakeOverwrittenPositionsIntact() {
        compute(100);
        slot.truncate(90);
        assertThat(slot.reusable(tokens(83))).isZero();
        slot.truncate(0);
        compute(20);
        assertThat(slot.reusable(tokens(20))).isEqualTo(19);
    }

    private void compute(int count) {
        slot.reserve(slot.length() + count);
        slot.computed(tokens(256), slot.length(), count);
    }

    private static int[] tokens(int count) {
        int[] tokens = IntStream.range(0, count).map(i -> 1000 + i).toArray();
        return Arrays.copyOf(tokens, count);
    }
}
