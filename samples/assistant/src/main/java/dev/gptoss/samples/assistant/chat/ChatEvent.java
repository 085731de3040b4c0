package dev.gptoss.samples.assistant.chat;

import org.jspecify.annotations.Nullable;

/** What the page is told while an answer is made. */
sealed interface ChatEvent {

    /** Name of the server-sent event. */
    String event();

    /** More of the chain of thought. */
    record Reasoning(String text) implements ChatEvent {
        @Override
        public String event() {
            return "reasoning";
        }
    }

    /** More of the answer. */
    record Text(String text) implements ChatEvent {
        @Override
        public String event() {
            return "text";
        }
    }

    /** The model calls a tool. */
    record ToolCall(String id, String name, String arguments) implements ChatEvent {
        @Override
        public String event() {
            return "tool-call";
        }
    }

    /** A tool has answered. */
    record ToolResult(String id, String name, String result) implements ChatEvent {
        @Override
        public String event() {
            return "tool-result";
        }
    }

    /** The answer is complete. */
    record Done(
            @Nullable String finishReason,
            int promptTokens,
            int completionTokens,
            @Nullable Double tokensPerSecond) implements ChatEvent {
        @Override
        public String event() {
            return "done";
        }
    }

    /** There will be no answer. */
    record Failed(String message) implements ChatEvent {
        @Override
        public String event() {
            return "failed";
        }
    }
}
