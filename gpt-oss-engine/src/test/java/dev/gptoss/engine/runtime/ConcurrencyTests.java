package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.QueueFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads submit, cancel and close. */
@Timeout(300)
class ConcurrencyTests {

    private static final int ROUNDS = Boolean.getBoolean("gptoss.full") ? 200 : 20;

    @Test
    void everyRequestEndsExactlyOnceWhateverThreadsDo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            FakeBackend backend =
                    new FakeBackend(FakeModels.limits(3, 40, 256), FakeModels.WINDOW, FakeModels.hashing());
            RuntimeEngine engine = FakeModels.engine(backend, 16, Duration.ofSeconds(30));
            int seed = round;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> ended = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    Random random = new Random(1000L * seed + i);
                    Callable<Integer> caller = () -> call(engine, random, threads);
                    ended.add(threads.submit(caller));
                }
                if (round % 2 == 0) {
                    Thread.sleep(new Random(seed).nextInt(30));
                    engine.close();
                }
                for (Future<Integer> one : ended) {
                    assertThat(one.get()).isBetween(0, 1);
                }
            }
            engine.close();
            assertThat(backend.closed).hasValue(1);
            assertThat(engine.statistics().running()).isBetween(0, 3);
            assertThat(engine.statistics().waiting()).isZero();
        }
    }

    private static int call(RuntimeEngine engine, Random random, ExecutorService threads) {
        List<Integer> prompt =
                random.ints(1 + random.nextInt(100), 1000, 1004).boxed().toList();
        GenerationRequest request = GenerationRequest.builder(new Prompt.Tokens(prompt))
                .maxTokens(1 + random.nextInt(50))
                .priority(random.nextInt(3))
                .deadlines(random.nextBoolean() ? Deadlines.NONE : Deadlines.total(Duration.ofSeconds(60)))
                .build();
        try {
            Generation generation = random.nextBoolean() ? engine.submit(request) : engine.submit(request, event -> {});
            if (random.nextInt(3) == 0) {
                threads.submit(generation::cancel);
            }
            GenerationResult result = generation.await();
            assertThat(result.reason()).isIn(FinishReason.LENGTH, FinishReason.CANCELLED);
            return 1;
        } catch (QueueFullException | EngineClosedException refused) {
            return 0;
        }
    }
}
