package dev.gptoss.samples.cli;

import dev.gptoss.engine.harmony.HarmonyJson;
import dev.gptoss.engine.harmony.HarmonyParseException;
import dev.gptoss.engine.harmony.HarmonyParser;
import dev.gptoss.engine.harmony.Message;
import dev.gptoss.engine.harmony.ParseMode;
import dev.gptoss.engine.harmony.Role;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "parse",
        description = "{\"ids\", \"role\"} a line becomes its messages.",
        mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--mode", description = "One of ${COMPLETION-CANDIDATES}. Default: lenient.")
    ParseMode mode = ParseMode.LENIENT;

    ParseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        return new LineJob(console).run(new Lines(console.in()), line -> {
            JsonNode entry = Json.read(line);
            if (!entry.isObject()) {
                throw new CommandException("expected an object with ids, found " + Json.kind(entry));
            }
            List<Message> messages = parse(tokenizer, HarmonyJson.role(entry, "role"), Json.ids(entry.path("ids")));
            return Json.write(Json.object().set("messages", HarmonyJson.write(messages)));
        });
    }

    private List<Message> parse(Tokenizer tokenizer, @Nullable Role role, int[] ids) {
        try {
            return HarmonyParser.parse(tokenizer, mode, role, ids);
        } catch (HarmonyParseException raised) {
            if (mode == ParseMode.LENIENT) {
                return HarmonyParser.parse(tokenizer, ParseMode.SERVER, role, ids);
            }
            throw raised;
        }
    }
}
