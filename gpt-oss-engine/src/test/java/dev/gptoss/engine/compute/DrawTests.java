package dev.gptoss.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of sampling, and the noise it draws by. */
class DrawTests {

    private static final int VOCABULARY = 1000;

    private final Random random = new Random(5);
    private final Draw draw = new Draw(VOCABULARY, new ScalarVocabularyScan());
    private final float[] logits = gaussians();

    @Test
    void greedyTakesTheHighestTiesToTheLowerId() {
        logits[700] = logits[30] = 9;
        assertThat(choose(new Output()).token).isEqualTo(30);
    }

    @Test
    void addsComeBeforeTheMask() {
        logits[30] = 19;
        logits[31] = 18;
        var output = new Output();
        output.addIds = new int[] {30, 40};
        output.addValues = new float[] {-2, 100};
        output.adds = 2;
        output.mask = new long[16];
        Arrays.fill(output.mask, -1);
        output.mask[0] &= ~(1L << 40);
        assertThat(choose(output).token).isEqualTo(31);
    }

    @Test
    void logprobIsThatOfTheRawLogits() {
        var output = new Output();
        output.addIds = new int[] {77};
        output.addValues = new float[] {50};
        output.adds = 1;
        output.wantsLogprob = true;
        choose(output);
        assertThat(output.token).isEqualTo(77);
        assertThat((double) output.tokenLogprob).isCloseTo(Logprobs.of(logits)[77], within(1e-5));
    }

    @Test
    void drawnTokensFollowTheSoftmax() {
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        float[] weights = {0.5f, 0.25f, 0.15f, 0.1f};
        for (int i = 0; i < 4; i++) {
            logits[100 * i] = (float) Math.log(weights[i]) * 0.7f;
        }
        int[] counts = new int[4];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            var output = new Output();
            output.temperature = 0.7f;
            output.seed = 42;
            output.drawPosition = i;
            counts[choose(output).token / 100]++;
        }
        for (int i = 0; i < 4; i++) {
            assertThat((double) counts[i] / draws).isCloseTo(weights[i], within(0.015)); // 4 sigma
        }
    }

    @Test
    void noiseIsGumbelDistributed() {
        int n = 200_000;
        double mean = 0;
        double squares = 0;
        for (int id = 0; id < n; id++) {
            double g = GumbelNoise.of(GumbelNoise.key(1, 2), id);
            assertThat(g).isBetween(-4.0, (double) GumbelNoise.MOST);
            mean += g / n;
            squares += g * g / n;
        }
        assertThat(mean).isCloseTo(0.5772, within(0.01));
        assertThat(squares - mean * mean).isCloseTo(Math.PI * Math.PI / 6, within(0.03));
    }

    @Test
    void noiseIsItsFormulaOverTheHash() {
        long key = GumbelNoise.key(123, 45);
        for (int id = 0; id < 10_000; id++) {
            double h = GumbelNoise.hash((int) key, (int) (key >>> 32), id) >>> 1;
            double w = (h + 0.5) / 0x1p31;
            double expected = -Math.log(-Math.log1p(-w));
            assertThat((double) GumbelNoise.of(key, id)).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void cutsKeepWhatTheirDefinitionKeeps() {
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < VOCABULARY; i++) {
                logits[i] = Math.round(random.nextGaussian() * 8) / 4f; // many ties
            }
            float temperature = 0.5f + random.nextFloat();
            int topK = random.nextBoolean() ? 0 : 1 + random.nextInt(50);
            float topP = random.nextBoolean() ? 1 : 0.1f + 0.8f * random.nextFloat();
            float minP = random.nextBoolean() ? 0 : 0.3f * random.nextFloat();
            Set<Integer> kept = kept(temperature, topK, topP, minP);
            Set<Integer> drawn = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                var output = new Output();
                output.temperature = temperature;
                output.topK = topK;
                output.topP = topP;
                output.minP = minP;
                output.drawPosition = i;
                output.seed = round;
                drawn.add(choose(output).token);
            }
            assertThat(kept).containsAll(drawn);
            if (kept.size() < 4) {
                assertThat(drawn).contains(kept.iterator().next());
            }
        }
    }

    /** By sorting, in F64. */
    private Set<Integer> kept(float temperature, int topK, float topP, float minP) {
        int[] order = IntStream.range(0, VOCABULARY)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparing(id -> id))
                .mapToInt(id -> id)
                .limit(topK == 0 ? VOCABULARY : topK)
                .toArray();
        double sum = 0;
        for (int id : order) {
            sum += weight(id, order[0], temperature);
        }
        var kept = new java.util.LinkedHashSet<Integer>();
        double reached = 0;
        for (int id : order) {
            if (reached >= topP * sum || weight(id, order[0], temperature) < minP * (1 - 1e-6)) {
                break;
            }
            kept.add(id);
            reached += weight(id, order[0], temperature);
        }
        return kept;
    }

    private double weight(int id, int best, float temperature) {
        return Math.exp((double) (logits[id] - logits[best]) / temperature);
    }

    @Test
    void nothingPermittedGivesNoToken() {
        var output = new Output();
        output.mask = new long[16];
        assertThat(choose(output).token).isEqualTo(-1);
    }

    @Test
    void reservedIdsOfTheFullVocabularyAreNeverDrawn() {
        int vocabulary = 201_088;
        float[] row = new float[vocabulary];
        for (int id : new int[] {199_998, 200_000, 200_001, 200_004, 200_009, 200_011, 200_013, 201_087}) {
            row[id] = 10;
        }
        row[200_012] = 5;
        var output = new Output();
        new Draw(vocabulary, new ScalarVocabularyScan()).choose(row, 0, output);
        assertThat(output.token).isEqualTo(200_012);
    }

    private Output choose(Output output) {
        draw.choose(logits.clone(), 0, output);
        return output;
    }

    private float[] gaussians() {
        float[] values = new float[VOCABULARY];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 2;
        }
        return values;
    }
}
