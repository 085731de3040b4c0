package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.constrain.Constraint;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MaskWriterTests {

    private final Step step = new Step(FakeModels.limits(2, 16, 64));
    private final MaskWriter writer = new MaskWriter("fake", step, 128);

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void maskThatMustBeFoundIsWaitedForByTheStepAlone() {
        CountDownLatch isStepRunning = new CountDownLatch(1);
        Output output = output();
        writer.write(new Fixed(false, words -> {
            awaitUninterrupted(isStepRunning);
            Arrays.fill(words, 5);
            return true;
        }));
        isStepRunning.countDown(); // reached although the mask is not there yet
        step.awaitMasks();
        assertThat(output.mask).containsOnly(5);
    }

    @Test
    void knownMaskIsThereAtOnce() {
        Output output = output();
        Thread caller = Thread.currentThread();
        writer.write(new Fixed(true, words -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            Arrays.fill(words, 6);
            return true;
        }));
        assertThat(output.mask).containsOnly(6);
    }

    @Test
    void nothingIsMaskedWhereEverythingIsPermitted() {
        Output known = output();
        writer.write(new Fixed(true, words -> false));
        assertThat(known.mask).isNull();
        Output found = output();
        writer.write(new Fixed(false, words -> false));
        step.awaitMasks();
        assertThat(found.mask).containsOnly(-1);
    }

    @Test
    void maskThatCannotBeFoundPermitsNothing() {
        Output broken = output();
        writer.write(new Fixed(false, words -> {
            throw new IllegalStateException("too many states");
        }));
        Output whole = output();
        writer.write(new Fixed(false, words -> {
            Arrays.fill(words, 7);
            return true;
        }));
        step.awaitMasks();
        assertThat(broken.mask).containsOnly(0);
        assertThat(whole.mask).containsOnly(7);
    }

    private Output output() {
        return step.addOutput(step.addRow(0, step.rows(), 1));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A constraint that stays where it is. */
    private record Fixed(boolean isMaskKnown, Predicate<long[]> writer) implements Constraint {

        @Override
        public void accept(int token) {}

        @Override
        public boolean permits(int token) {
            return true;
        }

        @Override
        public boolean mask(long[] words) {
            return writer.test(words);
        }

        @Override
        public int[] forced() {
            return new int[0];
        }

        @Override
        public int[] draft() {
            return new int[0];
        }

        @Override
        public int[] shortestClose() {
            return new int[0];
        }

        @Override
        public int closeBound() {
            return 0;
        }

        @Override
        public boolean mayBreakOff() {
            return true;
        }

        @Override
        public Constraint fork() {
            return this;
        }
    }
}
