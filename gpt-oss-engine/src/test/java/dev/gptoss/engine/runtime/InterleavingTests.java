package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sequences beside others say what they say alone. */
class InterleavingTests {

    @Test
    void threeSequencesAreAsEachAlone() {
        List<GenerationRequest> requests = requests(new Random(3), 3, 300);
        assertThat(together(requests, 3)).isEqualTo(alone(requests));
    }

    @Test
    void manySequencesThroughFewSlotsAreAsEachAlone() {
        List<GenerationRequest> requests = requests(new Random(4), 40, 150);
        assertThat(together(requests, 4)).isEqualTo(alone(requests));
    }

    @Test
    void stepsMixPromptsAndDecode() {
        FakeBackend backend = new FakeBackend(FakeModels.limits(3, 100, 1024), FakeModels.WINDOW, FakeModels.hashing());
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            Generation first = engine.submit(request(new Random(1), 5, 200));
            first.iterator().next();
            Generation second = engine.submit(request(new Random(2), 500, 5));
            second.await();
            first.await();
        }
        assertThat(backend.steps).anySatisfy(rows -> {
            assertThat(rows).extracting(FakeBackend.Row::slot).contains(0, 1);
            assertThat(rows.size()).isGreaterThan(2);
        });
        // a long prompt leaves room for the others in every step
        assertThat(backend.steps.stream().filter(rows -> rows.stream().anyMatch(row -> row.slot() == 1)))
                .allSatisfy(rows -> assertThat(rows.size()).isLessThanOrEqualTo(100));
    }

    private static List<List<Integer>> alone(List<GenerationRequest> requests) {
        List<List<Integer>> answers = new ArrayList<>();
        for (GenerationRequest request : requests) {
            answers.addAll(together(List.of(request), 1));
        }
        return answers;
    }

    private static List<List<Integer>> together(List<GenerationRequest> requests, int slots) {
        FakeBackend backend =
                new FakeBackend(FakeModels.limits(slots, 37, 512), FakeModels.WINDOW, FakeModels.hashing());
        try (RuntimeEngine engine = FakeModels.engine(backend)) {
            List<Generation> running = requests.stream().map(engine::submit).toList();
            return running.stream()
                    .map(Generation::await)
                    .map(GenerationResult::tokens)
                    .toList();
        }
    }

    /** Some share a beginning, so that slots are reused with what they hold. */
    private static List<GenerationRequest> requests(Random random, int count, int longest) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(request(new Random(i % 3), 1 + random.nextInt(longest), 1 + random.nextInt(60)));
        }
        return requests;
    }

    private static GenerationRequest request(Random random, int promptLength, int maxTokens) {
        List<Integer> ids = random.ints(promptLength, 1000, 90_000).boxed().toList();
        return GenerationRequest.builder(new Prompt.Tokens(ids))
                .maxTokens(maxTokens)
                .build();
    }
}
