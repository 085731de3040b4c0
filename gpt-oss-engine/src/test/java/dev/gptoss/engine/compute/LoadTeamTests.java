package dev.gptoss.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How pieces of a load are shared out, told, and stopped. */
class LoadTeamTests {

    private final List<Long> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everyPieceIsDoneOnceAndToldInRisingOrder() {
        var runs = new AtomicIntegerArray(500);
        team(4, Integer.MAX_VALUE).run(500, 124_750, index -> {
            runs.incrementAndGet(index);
            return index;
        });
        assertThat(IntStream.range(0, 500).map(runs::get)).containsOnly(1);
        assertThat(told).hasSize(500).isSorted().endsWith(124_750L);
    }

    @Test
    void noPieceIsBegunAfterAFailure() {
        var begun = new ArrayList<Integer>();
        assertThatThrownBy(() -> team(1, Integer.MAX_VALUE).run(10, 10, index -> {
                    begun.add(index);
                    if (index == 3) {
                        throw new IllegalStateException("piece 3");
                    }
                    return 1;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("piece 3");
        assertThat(begun).containsExactly(0, 1, 2, 3);
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void failureOfOneThreadEndsTheOthers() {
        assertThatThrownBy(() -> team(4, Integer.MAX_VALUE).run(Integer.MAX_VALUE, 1, index -> {
                    if (index == 100) {
                        throw new IllegalStateException("piece 100");
                    }
                    return 0;
                }))
                .hasMessageContaining("piece 100");
    }

    @Test
    void noPieceIsBegunAfterTheListenerCancels() {
        var team = team(1, 2);
        assertThatThrownBy(() -> team.run(10, 10, index -> 1)).isInstanceOf(CancellationException.class);
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void callerThatHadNoPieceCancelsToo() {
        var team = new LoadTeam(
                work -> {
                    CompletableFuture.runAsync(() -> work.accept(1)).join();
                    work.accept(0);
                },
                cancelling(1));
        assertThatThrownBy(() -> team.run(1, 1, index -> 1)).isInstanceOf(CancellationException.class);
    }

    private LoadTeam team(int threads, int most) {
        return new LoadTeam(work -> runOn(threads, work), cancelling(most));
    }

    /** Cancels once {@code most} pieces were told. */
    private LoadListener cancelling(int most) {
        return new LoadListener() {
            @Override
            public void onProgress(long done, long total) {
                told.add(done);
            }

            @Override
            public boolean isCancelled() {
                return told.size() >= most;
            }
        };
    }

    private static void runOn(int threads, IntConsumer work) {
        var others = IntStream.range(1, threads)
                .mapToObj(member -> CompletableFuture.runAsync(() -> work.accept(member)))
                .toArray(CompletableFuture<?>[]::new);
        RuntimeException failure = null;
        try {
            work.accept(0);
        } catch (RuntimeException e) {
            failure = e;
        }
        try {
            CompletableFuture.allOf(others).join();
        } catch (CompletionException e) {
            failure = e;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
