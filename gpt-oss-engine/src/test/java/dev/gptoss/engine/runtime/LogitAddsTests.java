package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Sampling;
import dev.gptoss.engine.compute.Output;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogitAddsTests {

    @Test
    void nothingIsAddedByDefault() {
        LogitAdds adds = new LogitAdds(Sampling.DEFAULT);
        adds.said(5);
        assertThat(entries(adds)).isEmpty();
    }

    @Test
    void presenceCountsOnceAndFrequencyEveryTime() {
        LogitAdds adds = new LogitAdds(Sampling.DEFAULT
                .withFrequencyPenalty(0.5f)
                .withPresencePenalty(1)
                .withLogitBias(Map.of(5, 10f)));
        for (int token : new int[] {5, 6, 5, 5}) {
            adds.said(token);
        }
        assertThat(entries(adds)).isEqualTo(Map.of(5, 10 - 1.5f - 1, 6, -1.5f));
    }

    @Test
    void manyTokensEachStandOnce() {
        LogitAdds adds = new LogitAdds(Sampling.DEFAULT.withPresencePenalty(0.25f));
        for (int i = 0; i < 3000; i++) {
            adds.said(i % 1000);
        }
        assertThat(entries(adds))
                .hasSize(1000)
                .allSatisfy((id, value) -> assertThat(value).isEqualTo(-0.25f));
    }

    private static Map<Integer, Float> entries(LogitAdds adds) {
        Output output = new Output();
        adds.lendTo(output);
        Map<Integer, Float> entries = new TreeMap<>();
        for (int i = 0; i < output.adds; i++) {
            assertThat(entries.put(output.addIds[i], output.addValues[i])).isNull();
        }
        return entries;
    }
}
