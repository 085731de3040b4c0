package dev.gptoss.engine.harmony;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A turn as applications know it; {@link ChatConversation} puts turns into harmony messages. */
public sealed interface ChatTurn {

    /** Text of the application, elsewhere called system or developer message. */
    record Instructions(String text) implements ChatTurn {}

    /** Text of the user. */
    record User(String text) implements ChatTurn {}

    /**
     * What the model said.
     *
     * @param reasoning its chain of thought, or null
     * @param content the answer; beside calls, what it told the user before them; or null
     * @param calls in order
     */
    record Assistant(@Nullable String reasoning, @Nullable String content, List<Call> calls) implements ChatTurn {

        public Assistant {
            calls = List.copyOf(calls);
        }

        /** An answer alone. */
        public static Assistant answer(String content) {
            return new Assistant(null, content, List.of());
        }
    }

    /**
     * A call of a function.
     *
     * @param id what its result names it by
     * @param function name without namespace
     * @param arguments unchanged text, normally JSON
     */
    record Call(String id, String function, String arguments) {}

    /**
     * What a function answered.
     *
     * @param callId id of a call before it
     */
    record ToolResult(String callId, String text) implements ChatTurn {}
}
