package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Deadlines;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineTests {

    private final FakeBackend backend =
            new FakeBackend(FakeModels.limits(1, 64, 4096), FakeModels.WINDOW, FakeModels.hashing());

    @Test
    void requestThatWaitsTooLongNeverStarts() {
        backend.layerMillis = 2;
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation first = engine.submit(request(5, Deadlines.NONE));
            Generation second = engine.submit(request(5, new Deadlines(Duration.ofMillis(100), null, null)));
            GenerationResult late = second.await();
            assertThat(late.reason()).isEqualTo(FinishReason.DEADLINE);
            assertThat(late.tokens()).isEmpty();
            assertThat(late.timings().queued()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(first.iterator().hasNext()).isTrue();
            first.close();
        }
    }

    @Test
    void queueDeadlineEndsWithTheFirstStep() {
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            backend.layerMillis = 1;
            GenerationRequest request = GenerationRequest.builder(new Prompt.Tokens(Collections.nCopies(5, 1000)))
                    .maxTokens(20)
                    .deadlines(new Deadlines(Duration.ofMillis(50), null, null))
                    .build();
            assertThat(engine.submit(request).await().tokens()).hasSize(20);
        }
    }

    @Test
    void prefillThatTakesTooLongIsCutInsideAStep() {
        backend.layerMillis = 300; // three seconds a step
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            // a chat turn begins with a forced token, which is no first token
            Conversation question = Conversation.of(Message.user("Why? ".repeat(400)));
            GenerationResult late = engine.submit(GenerationRequest.builder(new Prompt.Chat(question))
                            .deadlines(new Deadlines(null, Duration.ofMillis(200), null))
                            .build())
                    .await();
            assertThat(late.reason()).isEqualTo(FinishReason.DEADLINE);
            assertThat(late.timings().total()).isBetween(Duration.ofMillis(200), Duration.ofMillis(2500));
        }
    }

    @Test
    void answerThatTakesTooLongKeepsWhatItSaid() {
        backend.layerMillis = 1;
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            GenerationResult late = engine.submit(request(5, Deadlines.total(Duration.ofMillis(300))))
                    .await();
            assertThat(late.reason()).isEqualTo(FinishReason.DEADLINE);
            assertThat(late.tokens()).isNotEmpty();
            assertThat(late.text()).isNotEmpty();
        }
    }

    @Test
    void readerWhoStopsReadingPausesOnlyItsOwnSequence() {
        FakeBackend two = new FakeBackend(FakeModels.limits(2, 64, 4096), FakeModels.WINDOW, FakeModels.hashing());
        try (RuntimeEngine engine = FakeModels.engine(two)) {
            Generation stalled = engine.submit(request(5, Deadlines.NONE));
            assertThat(engine.submit(request(6, Deadlines.NONE)).await().tokens())
                    .hasSize(4096 - 6);
            // all but the paused sequence's mailbox is still to come
            GenerationResult result = stalled.await();
            assertThat(result.tokens()).hasSize(4096 - 5);
            assertThat(result.reason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void readerWhoNeverComesBackLosesTheSlot() {
        try (RuntimeEngine engine = FakeModels.engine(backend, 8, Duration.ofMillis(200))) {
            Generation stalled = engine.submit(request(5, Deadlines.NONE));
            Iterator<GenerationEvent> events = stalled.iterator();
            events.next();
            assertThat(engine.submit(request(5, Deadlines.NONE)).await().tokens())
                    .hasSize(4096 - 5);
            GenerationResult result = stalled.await();
            assertThat(result.reason()).isEqualTo(FinishReason.DEADLINE);
            assertThat(result.tokens().size()).isLessThanOrEqualTo(Mailbox.CAPACITY * 2);
        }
    }

    private static GenerationRequest request(int promptLength, Deadlines deadlines) {
        return GenerationRequest.builder(new Prompt.Tokens(Collections.nCopies(promptLength, 1000)))
                .deadlines(deadlines)
                .build();
    }
}
