package dev.gptoss.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopDetectorTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 256, 300, 512})
    void repetitionIsALoopOnceItIsLongEnough(int period) {
        LoopDetector loop = new LoopDetector();
        new Random(1).ints(700, 0, 50_000).forEach(loop::accept);
        int needed = Math.max(LoopDetector.SHORTEST_RUN, LoopDetector.REPEATS * period);
        for (int i = 0; i < needed - 1; i++) {
            assertThat(loop.accept(60_000 + i % period)).as("token %s", i).isFalse();
        }
        assertThat(loop.accept(60_000 + (needed - 1) % period)).isTrue();
    }

    @Test
    void tableWhoseRowsDifferIsNoLoop() {
        StringBuilder table = new StringBuilder("| id | name | active |\n|----|------|--------|\n");
        for (int row = 0; row < 2000; row++) {
            table.append("| ").append(row).append(" | user | true |\n");
        }
        assertThat(loops(table.toString())).isFalse();
    }

    @Test
    void jsonWhoseRowsDifferIsNoLoop() {
        StringBuilder json = new StringBuilder("[");
        for (int row = 0; row < 2000; row++) {
            json.append("{\"id\":").append(row).append(",\"tags\":[],\"value\":null,\"active\":false},");
        }
        assertThat(loops(json.append("null]").toString())).isFalse();
    }

    @Test
    void rulerRowOfZerosAndEqualRowsAreNoLoop() {
        assertThat(loops("-".repeat(2000) + "\n" + "0, ".repeat(500) + "\n" + "| a | b |\n".repeat(300)))
                .isFalse();
    }

    @Test
    void sentenceWithoutEndIsALoop() {
        assertThat(loops("Wait, let me check the instructions again. ".repeat(500)))
                .isTrue();
    }

    private static boolean loops(String text) {
        LoopDetector loop = new LoopDetector();
        boolean found = false;
        for (int token : Tokenizer.o200kHarmony().encode(text)) {
            found |= loop.accept(token);
        }
        return found;
    }
}
