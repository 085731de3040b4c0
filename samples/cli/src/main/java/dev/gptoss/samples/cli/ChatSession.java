package dev.gptoss.samples.cli;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineException;
import dev.gptoss.engine.FinishReason;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationEvent;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.GenerationResult;
import dev.gptoss.engine.Prompt;
import dev.gptoss.engine.harmony.Channel;
import dev.gptoss.engine.harmony.Conversation;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ReasoningEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A conversation so far, and what a line of the user does to it. */
final class ChatSession {

    private static final String HELP =
            "/reasoning low|medium|high sets how long the model thinks, /reset forgets the conversation, /exit ends.\n";

    private final Engine engine;
    private final ChatScreen screen;
    private final List<Message> messages = new ArrayList<>();
    private ReasoningEffort effort = ReasoningEffort.MEDIUM;
    private boolean wasThinking;

    ChatSession(Engine engine, ChatScreen screen) {
        this.engine = engine;
        this.screen = screen;
    }

    void greet() {
        screen.dimmed(engine.info().name() + ", context " + engine.info().contextLength() + ". " + HELP);
    }

    /** Tells how to leave. */
    void hint() {
        screen.dimmed("/exit or Ctrl-D ends.\n");
    }

    /** Takes a line; false ends the chat. */
    boolean accept(String line) {
        String text = line.strip();
        if (!text.startsWith("/")) {
            if (!text.isEmpty()) {
                answer(text);
            }
            return true;
        }
        String[] words = text.split("\\s+");
        switch (words[0]) {
            case "/exit", "/quit" -> {
                return false;
            }
            case "/reset" -> {
                messages.clear();
                screen.dimmed("The conversation is forgotten.\n");
            }
            case "/reasoning" -> setEffort(words.length > 1 ? words[1] : "");
            default -> screen.dimmed(HELP);
        }
        return true;
    }

    private void setEffort(String word) {
        ReasoningEffort wanted = ReasoningEffort.ofWord(word);
        if (wanted == null) {
            screen.dimmed("/reasoning takes low, medium or high; it is " + effort.word() + ".\n");
            return;
        }
        effort = wanted;
        screen.dimmed("Reasoning: " + effort.word() + ".\n");
    }

    private void answer(String text) {
        messages.add(Message.user(text));
        GenerationRequest request = GenerationRequest.builder(new Prompt.Chat(new Conversation(messages)))
                .reasoningEffort(effort)
                .build();
        try (Generation generation = engine.submit(request)) {
            screen.interruptible(generation::cancel, () -> follow(generation));
        } catch (EngineException failure) {
            messages.removeLast();
            screen.freshLine();
            screen.dimmed(Failures.message(failure) + "\n");
        }
    }

    private void follow(Generation generation) {
        GenerationResult result = GenerationResult.collect(() -> new Tee(generation.iterator(), this::show));
        screen.freshLine();
        screen.dimmed(summary(result) + "\n");
        // Reasoning of a finished turn is not rendered again; a stopped answer stays as far as it got.
        if (result.text().isEmpty()) {
            messages.removeLast();
        } else {
            messages.add(Message.assistant(Channel.FINAL, result.text()));
        }
    }

    private void show(GenerationEvent event) {
        boolean followsReasoning = wasThinking;
        wasThinking = event instanceof GenerationEvent.ReasoningDelta;
        switch (event) {
            case GenerationEvent.ReasoningDelta delta -> screen.dimmed(delta.text());
            case GenerationEvent.TextDelta delta -> {
                if (followsReasoning) {
                    screen.freshLine();
                }
                screen.plain(delta.text());
            }
            default -> {}
        }
    }

    private static String summary(GenerationResult result) {
        int tokens = result.usage().completion();
        double seconds = result.timings().decode().toNanos() / 1e9;
        String rate = seconds > 0 ? String.format(Locale.ROOT, ", %.1f tok/s", (tokens - 1) / seconds) : "";
        String end = result.reason() == FinishReason.STOP
                ? ""
                : ", " + result.reason().wireName();
        return "[" + tokens + " tokens" + rate + end + "]";
    }
}
