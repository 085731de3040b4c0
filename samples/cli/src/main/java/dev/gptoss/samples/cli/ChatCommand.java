package dev.gptoss.samples.cli;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.compute.Precision;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "chat",
        description = "A conversation in the terminal. Ctrl-C stops an answer, Ctrl-D or /exit ends.",
        mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    ModelOptions model = new ModelOptions();

    ChatCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Engine engine = Engine.open(model.engineOptions(Precision.FAST, console));
                Terminal terminal = TerminalBuilder.builder()
                        .name("gpt-oss")
                        .encoding(java.nio.charset.StandardCharsets.UTF_8)
                        .dumb(true)
                        .build()) {
            ChatSession session = new ChatSession(engine, new ChatScreen(terminal));
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    // A backslash and a quote are text here; history stays in memory, prompts are nobody's business.
                    .parser(new DefaultParser().escapeChars(new char[0]).quoteChars(new char[0]))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            session.greet();
            converse(reader, session);
        }
        return 0;
    }

    private static void converse(LineReader reader, ChatSession session) {
        while (true) {
            try {
                if (!session.accept(reader.readLine("> "))) {
                    return;
                }
            } catch (UserInterruptException clearedLine) {
                session.hint();
            } catch (EndOfFileException end) {
                return;
            }
        }
    }
}
