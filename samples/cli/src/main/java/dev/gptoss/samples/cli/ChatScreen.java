package dev.gptoss.samples.cli;

import org.jline.terminal.Terminal;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The terminal of a chat: plain text, and dimmed text for what is beside the answer. */
class ChatScreen {

    private final Terminal terminal;
    private boolean isAtLineStart = true;

    ChatScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    void plain(String text) {
        write(text, text);
    }

    void dimmed(String text) {
        write(
                text,
                new AttributedStringBuilder()
                        .styled(AttributedStyle.DEFAULT.faint(), text)
                        .toAnsi(terminal));
    }

    /** Ends the line if one is begun. */
    void freshLine() {
        if (!isAtLineStart) {
            plain("\n");
        }
    }

    /** Runs {@code interrupt} on Ctrl-C while {@code work} lasts. */
    void interruptible(Runnable interrupt, Runnable work) {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
        try {
            work.run();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private void write(String text, String styled) {
        if (!text.isEmpty()) {
            terminal.writer().write(styled);
            terminal.flush();
            isAtLineStart = text.endsWith("\n");
        }
    }
}
