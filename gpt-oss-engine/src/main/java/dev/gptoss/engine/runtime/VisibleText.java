package dev.gptoss.engine.runtime;

import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.TokenLogprob;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text that the user sees, on its way out: looked through for stop strings message by message, together with the
 * log-probabilities of its tokens, each of which leaves with the last of its characters.
 */
final class VisibleText {

    /** A token and the characters of the message it made up, from start to end; half a character counts to the next. */
    private record Part(int start, int end, TokenLogprob logprob) {}

    private final List<String> stops;
    private final Consumer<GenerationEvent> events;
    private final ArrayDeque<Part> parts = new ArrayDeque<>();
    private final List<TokenLogprob> unfinished = new ArrayList<>();
    private StopStrings search;
    private boolean isPreamble;
    private int received;
    private int emitted;

    VisibleText(List<String> stops, Consumer<GenerationEvent> events) {
        this.stops = stops;
        this.events = events;
        search = new StopStrings(stops);
    }

    /** Takes what a token added, which may be nothing yet. */
    void accept(String delta, boolean announcesCall, @Nullable TokenLogprob logprob) {
        isPreamble = announcesCall;
        if (logprob != null) {
            unfinished.add(logprob);
        }
        if (delta.isEmpty() || search.isFound()) {
            return;
        }
        int start = received;
        received += delta.length();
        unfinished.forEach(token -> parts.add(new Part(start, received, token)));
        unfinished.clear();
        emit(search.accept(delta), search.isFound());
    }

    /** Whether a stop string was met; nothing is emitted after it. */
    boolean isStopped() {
        return search.isFound();
    }

    /** Gives out what was held back; the next text belongs to another message. */
    void endMessage() {
        if (search.isFound()) {
            return;
        }
        emit(search.finish(), true);
        search = new StopStrings(stops);
        parts.clear();
        unfinished.clear();
        received = 0;
        emitted = 0;
    }

    private void emit(String sure, boolean isLast) {
        emitted += sure.length();
        List<TokenLogprob> logprobs = new ArrayList<>();
        while (!parts.isEmpty()
                && (parts.peek().end() <= emitted || isLast && parts.peek().start() < emitted)) {
            logprobs.add(parts.poll().logprob());
        }
        if (!sure.isEmpty()) {
            events.accept(new GenerationEvent.TextDelta(sure, isPreamble, logprobs));
        }
    }
}
