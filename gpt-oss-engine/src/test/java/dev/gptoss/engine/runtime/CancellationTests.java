package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop that stops. */
@Timeout(60)
class CancellationTests {

    private final FakeBackend backend =
            new FakeBackend(FakeModels.limits(2, 64, 2048), FakeModels.WINDOW, FakeModels.hashing());

    @Test
    void cancelEndsADecodeWithWhatItHasSaid() {
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation generation = engine.submit(request(3));
            Iterator<GenerationEvent> events = generation.iterator();
            while (!(events.next() instanceof GenerationEvent.TextDelta)) {}
            generation.cancel();
            generation.cancel();
            GenerationResult result = generation.await();
            assertThat(result.reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(result.tokens()).isNotEmpty();
            assertThat(engine.submit(request(3, 5)).await().tokens()).hasSize(5);
            assertThat(engine.statistics().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void cancelInsideALongPrefillActsBetweenLayers() throws Exception {
        CountDownLatch inStep = new CountDownLatch(1);
        backend.beforeStep = inStep::countDown;
        backend.layerMillis = 500; // ten layers: five seconds a step
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation generation = engine.submit(request(1000));
            inStep.await();
            long start = System.nanoTime();
            generation.cancel();
            assertThat(generation.await().reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2000));
            backend.layerMillis = 0;
            assertThat(engine.submit(request(1000, 3)).await().tokens()).isEqualTo(alone(request(1000, 3)));
        }
    }

    @Test
    void waitingRequestIsCancelledAtOnce() {
        backend.layerMillis = 5;
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            List<Generation> running = List.of(engine.submit(request(3)), engine.submit(request(3)));
            Generation waiting = engine.submit(request(3));
            waiting.cancel();
            assertThat(waiting.await().reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(waiting.await().usage().completion()).isZero();
            running.forEach(Generation::close);
        }
    }

    @Test
    void interruptOfAReaderCancelsAndStaysSet() throws Exception {
        backend.layerMillis = 20;
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            CompletableFuture<GenerationResult> result = new CompletableFuture<>();
            CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
            Generation generation = engine.submit(request(3));
            Thread reader = Thread.ofVirtual().start(() -> {
                result.complete(generation.await());
                wasInterrupted.complete(Thread.currentThread().isInterrupted());
            });
            Thread.sleep(50);
            reader.interrupt();
            assertThat(result.get(10, TimeUnit.SECONDS).reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(wasInterrupted.get()).isTrue();
        }
    }

    @Test
    void interruptedIterationEndsWithFinished() throws Exception {
        backend.layerMillis = 20;
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            ConcurrentLinkedQueue<GenerationEvent> events = new ConcurrentLinkedQueue<>();
            Generation generation = engine.submit(request(3));
            Thread reader = Thread.ofPlatform().start(() -> generation.forEach(events::add));
            Thread.sleep(50);
            reader.interrupt();
            reader.join(10_000);
            assertThat(events)
                    .last()
                    .isInstanceOfSatisfying(
                            GenerationEvent.Finished.class,
                            end -> assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED));
        }
    }

    @Test
    void closingTheEngineEndsWhatRunsAndWaits() {
        backend.layerMillis = 5;
        RuntimeEngine engine = FakeModels.engine(backend);
        List<Generation> generations =
                IntStream.range(0, 5).mapToObj(i -> engine.submit(request(500))).toList();
        engine.close();
        engine.close();
        assertThat(generations)
                .allSatisfy(
                        generation -> assertThat(generation.await().reason()).isEqualTo(FinishReason.CANCELLED));
        assertThatThrownBy(() -> engine.submit(request(3))).isInstanceOf(EngineClosedException.class);
        assertThat(backend.closed).hasValue(1);
        generations.forEach(Generation::cancel);
    }

    private static List<Integer> alone(GenerationRequest request) {
        FakeBackend other = new FakeBackend(FakeModels.limits(1, 64, 2048), FakeModels.WINDOW, FakeModels.hashing());
        try (RuntimeEngine engine = FakeModels.engine(other)) {
            return engine.submit(request).await().tokens();
        }
    }

    private static GenerationRequest request(int promptLength) {
        return request(promptLength, 1000);
    }

    private static GenerationRequest request(int promptLength, int maxTokens) {
        List<Integer> ids =
                IntStream.range(0, promptLength).map(i -> 1000 + i).boxed().toList();
        return GenerationRequest.builder(new Prompt.Tokens(ids))
                .maxTokens(maxTokens)
                .build();
    }
}
