package dev.gptoss.samples.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.compute.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the small model answers, greedily and without any constraint: every case in the full profile, else a tenth. */
class NanoAnswersTests {

    /** The reference stopped here. */
    private static final int MOST_TOKENS = 200;

    /** The README's "within a case or two". */
    private static final int TOLERATED_CASES = 2;

    private static final Map<EvaluationCase, List<Integer>> ANSWERS = new LinkedHashMap<>();

    @BeforeAll
    static void answer() {
        boolean isFull = Boolean.getBoolean("gptoss.full");
        List<EvaluationCase> all = EvaluationCase.all();
        EngineOptions options = EngineOptions.of(NanoModel.path()).withPrecision(Precision.EXACT);
        try (Engine engine = Engine.open(options)) {
            for (int i = 0; i < all.size(); i += isFull ? 1 : 10) {
                EvaluationCase task = all.get(i);
                GenerationRequest request = GenerationRequest.builder(new Prompt.Tokens(task.prompt()))
                        .sampling(Sampling.GREEDY)
                        .maxTokens(MOST_TOKENS)
                        .build();
                ANSWERS.put(task, engine.submit(request).await().tokens());
            }
        }
    }

    @Test
    void greedyIdsAreTheReferencesWhereItIsSure() {
        List<String> different = new ArrayList<>();
        ANSWERS.forEach((task, ids) -> {
            List<Integer> sure = task.ids().subList(0, task.sure());
            if (ids.size() < sure.size() || !ids.subList(0, sure.size()).equals(sure)) {
                different.add(task.id() + ": " + ids + " instead of " + sure);
            }
        });

        assertThat(different).isEmpty();
    }

    @Test
    void theScoreIsThatOfTheWeights() {
        Map<EvaluationCase, Verdict> verdicts = new LinkedHashMap<>();
        ANSWERS.forEach((task, ids) -> verdicts.put(task, Verdict.of(task, ids)));
        report(verdicts);

        long right = verdicts.values().stream().filter(Verdict::isRight).count();
        long rightOfReference =
                verdicts.keySet().stream().filter(EvaluationCase::isRight).count();
        assertThat(right).isCloseTo(rightOfReference, within((long) TOLERATED_CASES));
        long wellFormed =
                verdicts.values().stream().filter(Verdict::isWellFormed).count();
        long wellFormedOfReference = verdicts.keySet().stream()
                .filter(task -> Verdict.of(task, task.ids()).isWellFormed())
                .count();
        assertThat(wellFormed).isCloseTo(wellFormedOfReference, within((long) TOLERATED_CASES));
    }

    @Test
    void theJudgeAgreesWithTheRecordedVerdicts() {
        List<EvaluationCase> all = EvaluationCase.all();

        assertThat(all)
                .hasSize(230)
                .allSatisfy(task -> assertThat(Verdict.of(task, task.ids()).isRight())
                        .as(task.id())
                        .isEqualTo(task.isRight()));
        assertThat(all.stream().filter(task -> Verdict.of(task, task.ids()).isWellFormed()))
                .as("93 %% of the recorded answers are well-formed")
                .hasSize(214);
    }

    private static void report(Map<EvaluationCase, Verdict> verdicts) {
        Map<String, List<Verdict>> families = new TreeMap<>();
        verdicts.forEach((task, verdict) -> {
            families.computeIfAbsent("all", family -> new ArrayList<>()).add(verdict);
            families.computeIfAbsent(task.family(), family -> new ArrayList<>()).add(verdict);
        });
        families.forEach((family, list) -> System.out.printf(
                "nano, unconstrained: %-5s %3d cases, %3.0f %% right, %3.0f %% well-formed%n",
                family, list.size(), share(list, Verdict::isRight), share(list, Verdict::isWellFormed)));
    }

    private static double share(List<Verdict> verdicts, Predicate<Verdict> fact) {
        return 100.0 * verdicts.stream().filter(fact).count() / verdicts.size();
    }
}
