package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for an engine that failed. */
@Timeout(60)
class FailureTests {

    private final FakeBackend backend =
            new FakeBackend(FakeModels.limits(1, 64, 256), FakeModels.WINDOW, FakeModels.hashing());

    @Test
    void failingStepEndsItsRequestAndTheNextIsAnswered() {
        AtomicBoolean fails = new AtomicBoolean(true);
        backend.beforeStep = () -> {
            if (fails.getAndSet(false)) {
                throw new IllegalStateException("device lost");
            }
        };
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation failed = engine.submit(request());
            assertThatThrownBy(failed::await)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("device lost");
            assertThat(engine.submit(request()).await().reason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void outOfMemoryInAStepLeavesNobodyWaiting() {
        backend.beforeStep = () -> {
            throw new OutOfMemoryError("simulated");
        };
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            List<Generation> all = List.of(engine.submit(request()), engine.submit(request()));
            for (Generation generation : all) {
                GenerationEvent last = null;
                for (GenerationEvent event : generation) {
                    last = event;
                }
                assertThat(last).isInstanceOfSatisfying(GenerationEvent.Finished.class, end -> {
                    assertThat(end.reason()).isEqualTo(FinishReason.ERROR);
                    assertThat(end.error()).hasCauseInstanceOf(OutOfMemoryError.class);
                });
            }
        }
    }

    @Test
    void listenerThatThrowsCancelsItsOwnRequest() {
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation generation = engine.submit(request(), event -> {
                throw new IllegalStateException("listener");
            });
            GenerationResult result = generation.await();
            assertThat(result.reason()).isIn(FinishReason.CANCELLED, FinishReason.LENGTH);
            assertThat(engine.submit(request()).await().tokens()).hasSize(20);
        }
    }

    @Test
    void listenerRunsOnAThreadOfItsOwnAndGetsEverythingInOrder() throws Exception {
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            StringBuilder text = new StringBuilder();
            CountDownLatch ended = new CountDownLatch(1);
            Generation generation = engine.submit(request(), event -> {
                thread.set(Thread.currentThread());
                if (event instanceof GenerationEvent.TextDelta delta) {
                    text.append(delta.text());
                }
                if (event instanceof GenerationEvent.Finished) {
                    ended.countDown();
                }
            });
            ended.await();
            assertThat(thread.get().isVirtual()).isTrue();
            assertThat(generation.await().text()).isEqualTo(text.toString());
            assertThatThrownBy(generation::iterator).isInstanceOf(IllegalStateException.class);
        }
    }

    private static GenerationRequest request() {
        return GenerationRequest.builder(new Prompt.Tokens(List.of(1000, 1001)))
                .maxTokens(20)
                .build();
    }
}
