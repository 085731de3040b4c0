package dev.gptoss.it.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The small model's evaluation through a chat client: every case in the full profile, else each twelfth. */
class NanoEvaluationIT {

    private static final Map<EvaluationCase, Verdict> VERDICTS = new LinkedHashMap<>();

    @BeforeAll
    static void ask() throws Exception {
        List<EvaluationCase> all = EvaluationCase.all();
        assertThat(all).hasSize(230);
        for (int i = 0; i < all.size(); i += Boolean.getBoolean("gptoss.full") ? 1 : 12) {
            VERDICTS.put(all.get(i), Evaluation.of(all.get(i)));
        }
        report();
    }

    @Test
    void everyCallNamesAFunctionAndBringsValidArguments() {
        assertThat(VERDICTS)
                .allSatisfy((task, verdict) ->
                        assertThat(verdict.callFaults()).as(task.id()).isEmpty());
        assertThat(VERDICTS.values()).anyMatch(Verdict::isCall);
    }

    @Test
    void everyRecordParsesAndFitsItsSchema() {
        assertThat(VERDICTS)
                .allSatisfy((task, verdict) ->
                        assertThat(verdict.recordFaults()).as(task.id()).isEmpty());
        assertThat(VERDICTS.values()).anyMatch(Verdict::isRecord);
    }

    private static void report() {
        Map<String, List<Verdict>> families = new TreeMap<>();
        VERDICTS.forEach((task, verdict) -> {
            String expected = task.expectation().path("type").stringValue();
            for (String group : List.of("all", task.family(), task.family() + ", " + expected + " expected")) {
                families.computeIfAbsent(group, ignored -> new ArrayList<>()).add(verdict);
            }
        });
        families.forEach((group, verdicts) -> System.out.printf(
                "nano through ChatClient: %-22s %3d cases, %3d right, %3d calls (%d faulty, %d of the expected"
                        + " function), %3d records (%d faulty)%n",
                group,
                verdicts.size(),
                verdicts.stream().filter(Verdict::isRight).count(),
                verdicts.stream().filter(Verdict::isCall).count(),
                verdicts.stream()
                        .filter(verdict -> !verdict.callFaults().isEmpty())
                        .count(),
                verdicts.stream().filter(Verdict::namesExpectedFunction).count(),
                verdicts.stream().filter(Verdict::isRecord).count(),
                verdicts.stream()
                        .filter(verdict -> !verdict.recordFaults().isEmpty())
                        .count()));
    }
}
