package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringsTests {

    @Test
    void textWithoutStopStringsPassesAtOnce() {
        StopStrings stops = new StopStrings(List.of());
        assertThat(stops.accept("anything")).isEqualTo("anything");
        assertThat(stops.isFound()).isFalse();
    }

    @Test
    void beginningOfAStopStringIsHeldBack() {
        StopStrings stops = new StopStrings(List.of("STOP"));
        assertThat(stops.accept("go ST")).isEqualTo("go ");
        assertThat(stops.accept("AND ")).isEqualTo("STAND ");
        assertThat(stops.accept("ST")).isEmpty();
        assertThat(stops.accept("OPnever")).isEmpty();
        assertThat(stops.isFound()).isTrue();
        assertThat(stops.accept("more")).isEmpty();
        assertThat(stops.finish()).isEmpty();
    }

    @Test
    void heldTextIsGivenOutAtTheEnd() {
        StopStrings stops = new StopStrings(List.of("###"));
        assertThat(stops.accept("a##")).isEqualTo("a");
        assertThat(stops.finish()).isEqualTo("##");
    }

    @Test
    void firstCompleteOfSeveralStopStringsEndsTheText() {
        StopStrings stops = new StopStrings(List.of("world", "lo w"));
        assertThat(stops.accept("hello world")).isEqualTo("hel");
        assertThat(stops.isFound()).isTrue();
    }

    @Test
    void anyCutOfTheTextGivesTheSame() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            String text = letters(random, 30);
            List<String> stops = List.of(letters(random, 1 + random.nextInt(4)), letters(random, 3));
            StringBuilder given = new StringBuilder();
            StopStrings search = new StopStrings(stops);
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + random.nextInt(4));
                given.append(search.accept(text.substring(at, end)));
                at = end;
            }
            given.append(search.finish());
            assertThat(given.toString()).as("%s without %s", text, stops).isEqualTo(before(stops, text));
        }
    }

    /** The text before the stop string that ends first, character by character. */
    private static String before(List<String> stops, String text) {
        for (int end = 1; end <= text.length(); end++) {
            String read = text.substring(0, end);
            int start = stops.stream()
                    .filter(read::endsWith)
                    .mapToInt(stop -> read.length() - stop.length())
                    .min()
                    .orElse(-1);
            if (start >= 0) {
                return text.substring(0, start);
            }
        }
        return text;
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }
}
