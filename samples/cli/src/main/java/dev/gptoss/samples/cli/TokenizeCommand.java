package dev.gptoss.samples.cli;

import dev.gptoss.engine.tokenizer.SpecialText;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "tokenize",
        description = "A JSON string a line becomes the array of its token ids.",
        mixinStandardHelpOptions = true)
final class TokenizeCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--allow-special", description = "Texts such as <|start|> become special ids.")
    boolean allowsSpecial;

    @Option(names = "--decode", description = "The other way round: an array of ids a line becomes its text.")
    boolean decodes;

    TokenizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        return new LineJob(console)
                .run(new Lines(console.in()), line -> decodes ? decode(tokenizer, line) : encode(tokenizer, line));
    }

    private String encode(Tokenizer tokenizer, String line) {
        JsonNode text = Json.read(line);
        if (!text.isString()) {
            throw new CommandException("expected a JSON string, found " + Json.kind(text));
        }
        SpecialText special = allowsSpecial ? SpecialText.AS_SPECIAL : SpecialText.AS_TEXT;
        return Json.write(Json.array(tokenizer.encode(text.stringValue(), special)));
    }

    private static String decode(Tokenizer tokenizer, String line) {
        return Json.writeText(tokenizer.decode(Json.ids(Json.read(line))));
    }
}
