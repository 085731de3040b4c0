package dev.gptoss.samples.cli;

import dev.gptoss.engine.constrain.OrdinaryTokens;
import dev.gptoss.engine.schema.SchemaCases;
import dev.gptoss.engine.schema.SchemaCompiler;
import dev.gptoss.engine.schema.Vocabulary;
import dev.gptoss.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "schema",
        description = "Compiles a schema a line, tells which instances its masks accept, and walks at random.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    enum KeyOrder {
        GIVEN,
        REVERSED
    }

    private final Console console;

    @Option(
            names = "--cases",
            required = true,
            paramLabel = "FILE",
            description = "A line {\"id\", \"schema\", \"tests\": [{\"valid\", \"data\"}]} each.")
    Path cases = Path.of("");

    @Option(names = "--order", description = "Order of the keys of an instance: ${COMPLETION-CANDIDATES}.")
    KeyOrder order = KeyOrder.GIVEN;

    @Option(names = "--walks", paramLabel = "N", description = "Random walks for each schema.")
    int walks;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the walks.")
    long seed;

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Vocabulary vocabulary = new OrdinaryTokens(Tokenizer.o200kHarmony());
        SchemaCases runner =
                new SchemaCases(new SchemaCompiler(vocabulary), vocabulary, order == KeyOrder.REVERSED, walks, seed);
        try (InputStream input = Files.newInputStream(cases)) {
            return new LineJob(console).run(new Lines(input), runner::run);
        }
    }
}
