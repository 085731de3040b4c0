package dev.gptoss.spring.test;

import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted engine answers to one request. Immutable; each method returns a further one.
 *
 * @param reasoning chain of thought
 * @param text what the user sees: the answer, or a preamble where there are calls
 * @param calls tools to call, in order
 * @param ending why it ends, or null for what follows from the rest
 * @param failure what fails after reasoning and text, or null
 * @param delay pause before each delta
 */
public record Reply(
        String reasoning,
        String text,
        List<Call> calls,
        @Nullable FinishReason ending,
        @Nullable EngineException failure,
        Duration delay) {

    public Reply {
        calls = List.copyOf(calls);
    }

    /** An answer. */
    public static Reply text(String text) {
        return new Reply("", text, List.of(), null, null, Duration.ZERO);
    }

    /**
     * A call of a tool.
     *
     * @param name as the application declares it
     * @param arguments JSON
     */
    public static Reply toolCall(String name, String arguments) {
        return text("").andToolCall(name, arguments);
    }

    /** A failure of the engine. */
    public static Reply failure(EngineException failure) {
        return new Reply("", "", List.of(), null, failure, Duration.ZERO);
    }

    /** With a chain of thought before it. */
    public Reply withReasoning(String reasoning) {
        return new Reply(reasoning, text, calls, ending, failure, delay);
    }

    /** With a text that the user sees before the calls. */
    public Reply withPreamble(String preamble) {
        return new Reply(reasoning, preamble, calls, ending, failure, delay);
    }

    /** With one more call. */
    public Reply andToolCall(String name, String arguments) {
        List<Call> more = new ArrayList<>(calls);
        more.add(new Call(name, arguments));
        return new Reply(reasoning, text, more, ending, failure, delay);
    }

    /** Ending for this reason. */
    public Reply endingWith(FinishReason reason) {
        return new Reply(reasoning, text, calls, reason, failure, delay);
    }

    /** Failing after its text. */
    public Reply failingWith(EngineException failure) {
        return new Reply(reasoning, text, calls, ending, failure, delay);
    }

    /** With a pause before each delta, to test what happens meanwhile. */
    public Reply withDelay(Duration delay) {
        return new Reply(reasoning, text, calls, ending, failure, delay);
    }

    /**
     * A call of a tool.
     *
     * @param name as the application declares it
     * @param arguments JSON
     */
    public record Call(String name, String arguments) {}
}
