package dev.gptoss.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take, counted from its submission; null for no limit. A request past a deadline finishes with
 * {@link FinishReason#DEADLINE} and keeps what it has said.
 *
 * @param queue until it is first computed
 * @param firstToken until its first token
 * @param total until its end
 */
public record Deadlines(
        @Nullable Duration queue,
        @Nullable Duration firstToken,
        @Nullable Duration total) {

    public static final Deadlines NONE = new Deadlines(null, null, null);

    public Deadlines {
        positive("queue", queue);
        positive("firstToken", firstToken);
        positive("total", total);
    }

    public static Deadlines total(Duration total) {
        return new Deadlines(null, null, total);
    }

    private static void positive(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new IllegalArgumentException(name + " deadline must be positive, was " + value);
        }
    }
}
