package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.QueueFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueTests {

    private final FakeBackend backend =
            new FakeBackend(FakeModels.limits(1, 64, 256), FakeModels.WINDOW, FakeModels.hashing());

    @Test
    void higherPriorityGoesFirstAndEqualsInOrder() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        FakeBackend observed = new FakeBackend(FakeModels.limits(1, 64, 256), FakeModels.WINDOW, (history, output) -> {
            order.add(history[0] - 1000);
            return 2000;
        });
        observed.beforeStep = () -> await(go);
        try (RuntimeEngine engine = FakeModels.engine(observed)) {
            List<Generation> all = new ArrayList<>();
            int[] priorities = {0, 0, 5, -1, 5, 0};
            for (int i = 0; i < priorities.length; i++) {
                all.add(engine.submit(GenerationRequest.builder(new Prompt.Tokens(List.of(1000 + i)))
                        .maxTokens(4)
                        .priority(priorities[i])
                        .build()));
                if (i == 0) {
                    awaitRunning(engine);
                }
            }
            go.countDown();
            all.forEach(Generation::await);
            assertThat(order.stream().distinct()).containsExactly(0, 2, 4, 1, 5, 3);
        }
    }

    @Test
    void fullQueueRefusesAndCounts() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        backend.beforeStep = () -> await(go);
        try (RuntimeEngine engine = FakeModels.engine(backend, 2, Duration.ofSeconds(10))) {
            List<Generation> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(engine.submit(request(0)));
            }
            assertThatThrownBy(() -> engine.submit(request(9)))
                    .isInstanceOfSatisfying(
                            QueueFullException.class,
                            full -> assertThat(full.limit()).isEqualTo(2));
            awaitRunning(engine);
            assertThat(engine.statistics().waiting()).isEqualTo(2);
            assertThat(engine.statistics().rejected()).isEqualTo(1);
            go.countDown();
            all.forEach(Generation::await);
            assertThat(engine.submit(request(0)).await().tokens()).hasSize(4);
        }
    }

    @Test
    void freeSlotNeedsNoQueue() {
        try (RuntimeEngine engine = FakeModels.engine(backend, 0, Duration.ofSeconds(10))) {
            assertThat(engine.submit(request(0)).await().tokens()).hasSize(4);
            assertThat(engine.submit(request(0)).await().tokens()).hasSize(4);
        }
    }

    private static void awaitRunning(RuntimeEngine engine) throws InterruptedException {
        while (engine.statistics().running() == 0) {
            Thread.sleep(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static GenerationRequest request(int priority) {
        return GenerationRequest.builder(new Prompt.Tokens(List.of(1000, 1001)))
                .maxTokens(4)
                .priority(priority)
                .build();
    }
}
