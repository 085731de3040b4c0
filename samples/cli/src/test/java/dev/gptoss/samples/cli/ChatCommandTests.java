package dev.gptoss.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.samples.nano.NanoModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatCommandTests {

    private static Engine engine;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Terminal terminal;
    private ChatSession session;

    @BeforeAll
    static void open() {
        engine = Engine.open(EngineOptions.of(NanoModel.path()));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void begin() throws IOException {
        terminal =
                new DumbTerminal("test", "ansi", new ByteArrayInputStream(new byte[0]), screen, StandardCharsets.UTF_8);
        session = new ChatSession(engine, new ChatScreen(terminal));
    }

    @Test
    void anAnswerShowsItsReasoningDimmedAndItsSpeed() {
        assertThat(session.accept("Hello, who are you?")).isTrue();

        assertThat(shown()).contains("gpt-oss", "tok/s", "\u001b[2m");
    }

    @Test
    void exitEndsTheChat() {
        assertThat(session.accept("/exit")).isFalse();
        assertThat(session.accept("")).isTrue();
    }

    @Test
    void reasoningTakesTheThreeLevels() {
        session.accept("/reasoning high");
        session.accept("/reasoning enormous");

        assertThat(shown()).contains("Reasoning: high").contains("it is high");
    }

    @Test
    void resetForgets() {
        session.accept("Hello");
        session.accept("/reset");

        assertThat(shown()).contains("forgotten");
    }

    @Test
    void anUnknownCommandShowsWhatThereIs() {
        session.accept("/dance");

        assertThat(shown()).contains("/reasoning", "/reset", "/exit");
    }

    @Test
    void ctrlCStopsTheAnswerAndNotTheChat() throws Exception {
        ChatScreen interrupted = new ChatScreen(terminal) {
            @Override
            void dimmed(String text) {
                super.dimmed(text);
                terminal.raise(Terminal.Signal.INT);
            }
        };
        ChatSession stopped = new ChatSession(engine, interrupted);

        assertThat(stopped.accept("Tell me a long story about a lighthouse.")).isTrue();

        assertThat(shown()).contains("cancelled");
        assertThat(stopped.accept("/reset")).isTrue();
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
