package dev.gptoss.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging against its definition, told with strings: one char per byte. */
class BytePairsTests {

    private static final RankTable TABLE = RankFile.o200kBase();
    private static final Map<String, Integer> RANKS = ranks();

    @Test
    void piecesOfAnyLengthMergeAsDefined() {
        Random random = new Random(8);
        String alphabet = "aaabcdeinorst  \u00C3\u00A9\u00E4\u00BD\u00A0\u0000.-=";
        for (int i = 0; i < RandomText.STRINGS; i++) {
            StringBuilder piece = new StringBuilder();
            int length = 1 + random.nextInt(i % 10 == 0 ? 400 : 40);
            while (piece.length() < length) {
                piece.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(merge(piece.toString())).as("%s", piece).isEqualTo(asDefined(piece.toString()));
        }
    }

    @Test
    void tokensStuckTogetherMergeAsDefined() {
        Random random = new Random(9);
        byte[] padded = new byte[RankTable.LONGEST];
        for (int i = 0; i < RandomText.STRINGS; i++) {
            StringBuilder piece = new StringBuilder();
            for (int n = 1 + random.nextInt(20); n > 0; n--) {
                int id = random.nextInt(TABLE.size());
                TABLE.copy(id, padded, 0);
                piece.append(new String(padded, 0, TABLE.length(id), StandardCharsets.ISO_8859_1));
            }
            assertThat(merge(piece.toString())).as("%s", piece).isEqualTo(asDefined(piece.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "ab", "é", "\n", "=", "中"})
    void megabyteWithoutABreakIsEncodedInNearlyLinearTime(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        // quadratic merging would take an hour; the limit is there to end it, not to measure
        CompletableFuture<int[]> ids = CompletableFuture.supplyAsync(() -> tokenizer.encode(text));
        assertThatCode(() -> assertThat(tokenizer.decode(ids.get(60, TimeUnit.SECONDS)))
                        .isEqualTo(text))
                .doesNotThrowAnyException();
    }

    private static List<Integer> merge(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        BytePairs pairs = new BytePairs(TABLE);
        pairs.addPiece(Arrays.copyOf(bytes, bytes.length + RankTable.PADDING), 0, bytes.length);
        return Arrays.stream(pairs.ids()).boxed().toList();
    }

    private static List<Integer> asDefined(String piece) {
        if (RANKS.containsKey(piece)) {
            return List.of(RANKS.get(piece));
        }
        List<String> parts = new ArrayList<>(Arrays.asList(piece.split("")));
        while (true) {
            int best = -1;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer rank = RANKS.get(parts.get(i) + parts.get(i + 1));
                if (rank != null && (best < 0 || rank < RANKS.get(parts.get(best) + parts.get(best + 1)))) {
                    best = i;
                }
            }
            if (best < 0) {
                return parts.stream().map(RANKS::get).toList();
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    private static Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        byte[] bytes = new byte[RankTable.LONGEST];
        for (int id = 0; id < TABLE.size(); id++) {
            TABLE.copy(id, bytes, 0);
            ranks.put(new String(bytes, 0, TABLE.length(id), StandardCharsets.ISO_8859_1), id);
        }
        return ranks;
    }
}
