package dev.gptoss.engine.runtime;

import dev.gptoss.engine.Timings;
import dev.gptoss.engine.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a request is. Written by whoever holds the request, the submitting thread and then the engine thread; read by
 * others once the mailbox has ended, which publishes it. Times are those of {@link System#nanoTime}, 0 if not reached.
 */
final class Progress {

    final long submitted = System.nanoTime();
    volatile long started;
    volatile long firstToken;
    long lastToken;
    long ended;
    int promptTokens;
    int cached;
    int reasoning;
    int forced;
    int drafted;
    int accepted;

    /** Generated ids, terminators included. */
    final IntList generated = new IntList();

    void start(int cachedTokens) {
        if (started == 0) {
            started = System.nanoTime();
            cached = cachedTokens;
        }
    }

    void generated(int token) {
        generated.add(token);
        lastToken = System.nanoTime();
    }

    /** Notes that a token was drawn. Forced ones before it were known before the prompt was computed. */
    void drawn() {
        if (firstToken == 0) {
            firstToken = System.nanoTime();
        }
    }

    Usage usage() {
        return new Usage(promptTokens, cached, reasoning, generated.size());
    }

    Timings timings() {
        return new Timings(
                between(submitted, started == 0 ? ended : started),
                started == 0 ? Duration.ZERO : between(started, firstToken == 0 ? ended : firstToken),
                firstToken == 0 ? Duration.ZERO : between(firstToken, lastToken),
                between(submitted, ended));
    }

    List<Integer> tokens() {
        List<Integer> tokens = new ArrayList<>(generated.size());
        for (int i = 0; i < generated.size(); i++) {
            tokens.add(generated.get(i));
        }
        return tokens;
    }

    private static Duration between(long from, long to) {
        return Duration.ofNanos(Math.max(0, to - from));
    }
}
